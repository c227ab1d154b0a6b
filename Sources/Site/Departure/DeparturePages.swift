import Core
import Web

/// What deleting one's account means, and the form for it.
struct DeleteAccountPage: Page {
    let username: String
    let use: [KindUse]
    let days: Int64
    let hasCustomers: Bool
    /// The field `username`.
    var form = FormState()

    var title: String { t("Delete your account") }
    var section: Section? { .account }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        <div class="stack">
        <section class="panel"><h2>\(t("At once"))</h2>
        <p>\(t("You are logged out everywhere, and your API tokens are revoked."))</p></section>
        <section class="panel"><h2>\(tn("After %1 day", "After %1 days", count: Int(days)))</h2>
        <ul class="stack">
        <li>\(items)</li>
        <li>\(t("Your name, address, password, passkeys, history and everything else that is known of you are erased for good."))</li>
        \(hasCustomers ? customers : nil)
        </ul></section>
        <section class="panel"><h2>\(t("What stays"))</h2>
        <p>\(t("The audit trail still proves that nothing in it was altered, but no longer says who you were."))</p></section>
        \(Notice(.info, "<p>\(t("Until then everything stays as it is. If you change your mind, log in and keep the account."))</p>").html(in: frame))
        <p><a href="\(Links.exports)">\(t("Download your data first"))</a></p>
        \(HTML.form(Links.deleteAccount, class: "form", fields))
        </div>
        """
    }

    private var items: String {
        let size = Language.current.size(bytes: use.reduce(0) { $0 + $1.bytes })
        return tn(
            "%1 item of yours is deleted, %2.",
            "%1 items of yours are deleted, %2.",
            count: use.reduce(0) { $0 + $1.items },
            size
        )
    }

    private var customers: HTML {
        "<li>\(t("Your customers become those of whoever you are a customer of, or nobody’s."))</li>"
    }

    private var fields: HTML {
        """
        \(form.textField(
            "username", label: t("Your username"), help: t("Type \(username) to confirm that you mean it."),
            required: true, autocomplete: "off", maximumLength: 32
        ))
        <div class="form-actions"><button class="button button-bad" type="submit">\(t("Delete my account"))</button>\
        <a class="button" href="\(Links.profile)">\(t("Keep it"))</a></div>
        """
    }
}

/// What whoever signs in to an account that is about to be deleted is asked.
struct LeavingPage: Page {
    let leavesAt: Timestamp

    var title: String { t("Keep your account?") }
    var shell: Shell { .focused }

    func main(in frame: Frame) -> HTML {
        let date = Language.current.date(milliseconds: leavesAt.milliseconds)
        let keep = HTML.submit(t("Keep my account"), class: "button button-primary button-wide")
        let leave = HTML.submit(t("Log out"), class: "button button-wide")
        return """
            <h1>\(title)</h1>
            <p class="focused-lead">\(t("You asked for this account to be deleted. That happens on \(date), and cannot be undone then."))</p>
            <div class="stack">
            \(HTML.form(Links.keepAccount, class: "form", "<div class=\"form-actions\">\(keep)</div>"))
            \(HTML.form(Links.logout, class: "form", "<div class=\"form-actions\">\(leave)</div>"))
            </div>
            """
    }
}
