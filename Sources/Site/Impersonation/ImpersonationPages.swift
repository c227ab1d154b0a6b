import Core
import Web

/// Asks why, before somebody acts for another.
struct ImpersonationPage: Page {
    let person: Person
    var form = FormState()

    var title: String { t("Act for \(person.account.username)?") }
    var section: Section? { .administration }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        <p>\(t("You see and do what this account may, for an hour at most. Everything is written down under both names. Passwords, tokens and the second factor stay out of reach."))</p>
        \(form.errorSummary())
        \(HTML.form(Links.impersonate(person.account.publicID), class: "form", fields))
        """
    }

    private var fields: HTML {
        """
        \(form.textField("reason", label: t("Why"), help: t("Like the number of a request for help."), required: true, maximumLength: 500))
        <div class="form-actions">\(HTML.submit(t("Act for this person")))\
        <a class="button" href="\(Links.person(person.account.publicID))">\(t("Change nothing"))</a></div>
        """
    }
}

/// On every page, as long as somebody acts for another.
struct ImpersonationBanner: Sendable {
    let viewer: Viewer

    func html(in frame: Frame) -> HTML? {
        guard let impersonator = viewer.impersonator else { return nil }
        let end = HTML.form(Links.impersonationEnd, HTML.submit(t("Stop"), class: "button"))
        return Notice(.warn, "<p>\(t("\(impersonator) acts for \(viewer.name)."))</p>\(end)").html(in: frame)
    }
}

extension Links {
    static func impersonate(_ id: String) -> Link { Link(path: "admin", "users", id, "impersonate") }
    static let impersonationEnd = Link(path: "admin", "impersonation", "end")
}
