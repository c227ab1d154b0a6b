import Core
import Web

/// What the platform promises or asks, in one version.
struct PolicyPage: Page {
    let kind: PolicyKind
    /// Nil for the text that comes with the program.
    let policy: Policy?
    var isInForce = true

    var title: String { kind.title }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1>\(edit(in: frame))</div>
        \(isInForce ? nil : old(in: frame))
        <article class="prose">
        \(PlainMarkup(policy?.text ?? kind.textOfTheProgram).html)
        </article>
        \(policy.map { version($0, in: frame) })
        """
    }

    private func edit(in frame: Frame) -> HTML? {
        guard frame.may(.manageSettings) else { return nil }
        return """
            <div class="page-head-actions"><a class="button" href="\(Links.policyEdit(kind))">\
            \(frame.icon(.edit))\(t("Edit"))</a></div>
            """
    }

    private func old(in frame: Frame) -> HTML {
        Notice(
            .info,
            "<p>\(t("This version is no longer in force.")) <a href=\"\(Links.policy(kind))\">\(t("Read the one that is"))</a></p>"
        ).html(in: frame)
    }

    private func version(_ policy: Policy, in frame: Frame) -> HTML {
        "<p class=\"soft\">\(t("Version \(policy.version)")), \(HTML.time(policy.createdAt, now: frame.now))</p>"
    }
}
