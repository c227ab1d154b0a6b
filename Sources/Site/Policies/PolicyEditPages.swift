import Core
import Web

/// The texts that administrators can rewrite.
struct PolicyList: Page {
    let versions: PolicyVersions

    var title: String { t("Pages") }
    var section: Section? { .administration }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        <ul class="stack" role="list">
        \(PolicyKind.allCases.map { item($0, in: frame) })
        </ul>
        """
    }

    private func item(_ kind: PolicyKind, in frame: Frame) -> HTML {
        let version = versions[kind]
        let text = version == 0 ? t("The text that comes with the program") : t("Version \(version)")
        return """
            <li class="panel"><a href="\(Links.policyEdit(kind))">\(frame.icon(.document)) <strong>\(kind.title)</strong></a>\
            <p class="soft">\(text)</p></li>

            """
    }
}

/// A new version of one of them.
struct PolicyEditPage: Page {
    let kind: PolicyKind
    /// Which version is rewritten.
    let version: Int64
    /// The field `text`.
    let form: FormState

    init(kind: PolicyKind, current: Policy?, form: FormState? = nil) {
        self.kind = kind
        version = current?.version ?? 0
        self.form = form ?? FormState(values: ["text": current?.text ?? kind.textOfTheProgram])
    }

    var title: String { kind.title }
    var section: Section? { .administration }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        \(HTML.form(Links.policyEdit(kind), class: "form", fields))
        """
    }

    private var fields: HTML {
        let help = t("# and ## begin a heading, - a point of a list. An empty line begins a new paragraph.")
        return """
            <input type="hidden" name="version" value="\(version)">\
            \(form.textArea("text", label: t("Text"), help: help, required: true, rows: 24, maximumLength: Policies.longestText))
            <p class="soft">\(t("It is in force at once, in one language for everybody. Earlier versions stay readable, and whoever agreed to one agreed to that one."))</p>
            <div class="form-actions">\(HTML.submit(t("Publish")))\
            <a class="button" href="\(Links.policiesEdit)">\(t("Change nothing"))</a></div>
            """
    }
}
