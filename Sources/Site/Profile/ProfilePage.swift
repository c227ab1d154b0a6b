import Core
import Web

/// How one is called and in which language one is spoken to.
struct ProfilePage: Page {
    let username: String
    let email: String
    /// The address that waits to be confirmed in its place.
    let wantedEmail: String?
    /// The languages that the site speaks, by their tags, each under its own name.
    let languages: [FormState.Choice]
    let notifications: NotificationChoices
    let form: FormState

    /// - Parameter form: fields `display_name` and `language`, as they were sent; nil shows what the account has.
    init(
        account: Account,
        wantedEmail: String? = nil,
        languages: [FormState.Choice],
        notifications: NotificationChoices,
        form: FormState? = nil
    ) {
        self.wantedEmail = wantedEmail
        username = account.username
        email = account.email
        self.languages = languages
        self.notifications = notifications
        let values: KeyValuePairs = [
            "display_name": account.displayName ?? "", "language": account.language ?? "",
        ]
        self.form = form ?? FormState(values: values)
    }

    var title: String { t("Your profile") }
    var section: Section? { .account }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        \(HTML.form(Links.profile, class: "form", fields))
        \(notifications.html)
        <section class="section" aria-labelledby="sign-in-title">
        <div class="section-head"><h2 id="sign-in-title">\(t("Signing in"))</h2></div>
        <ul class="stack" role="list">\(signIn(in: frame))</ul>
        </section>
        <section class="section" aria-labelledby="account-title">
        <div class="section-head"><h2 id="account-title">\(t("Your account"))</h2></div>
        <ul class="stack" role="list">\(account(in: frame))</ul>
        </section>
        """
    }

    private func account(in frame: Frame) -> HTML {
        """
        <li class="panel"><a href="\(Links.exports)">\(frame.icon(.download)) <strong>\(t("Download your data"))</strong></a>\
        <p class="soft">\(t("Everything that is stored about you, as a ZIP file."))</p></li>
        <li class="panel"><a href="\(Links.deleteAccount)">\(frame.icon(.trash)) <strong>\(t("Delete your account"))</strong></a>\
        <p class="soft">\(t("With everything in it, after some days in which you can change your mind."))</p></li>
        """
    }

    private var fields: HTML {
        let choices = [FormState.Choice("", t("What my browser asks for"))] + languages
        return """
            \(form.textField(
                "display_name", label: t("Name"), help: t("What we call you. Empty for your username, \(username)."),
                autocomplete: "name", maximumLength: 64
            ))
            \(form.select(
                "language", label: t("Language"), choices: choices, help: t("Of the pages and of the mails that we send to you.")
            ))
            <div class="form-actions">\(HTML.submit(t("Save")))</div>
            """
    }

    private var wanted: HTML? {
        wantedEmail.map { email in
            """
            <p class="panel-help">\(t("\(email) waits for its link to be opened."))</p>\
            \(HTML.form(Links.dropEmail, class: "panel-help", HTML.submit(t("Keep the address as it is"), class: "button")))
            """
        }
    }

    private func signIn(in frame: Frame) -> HTML {
        """
        <li class="panel"><strong>\(t("E-mail"))</strong><p class="soft">\(email)</p>\(wanted)\
        <p class="panel-help"><a href="\(Links.changeEmail)">\(t("Change your e-mail address"))</a></p></li>
        <li class="panel"><a href="\(Links.security)">\(frame.icon(.lock)) <strong>\(t("Security"))</strong></a>\
        <p class="soft">\(t("Where you are logged in"))</p></li>
        <li class="panel"><a href="\(Links.twoFactor)">\(frame.icon(.shield)) <strong>\(t("Two-step sign-in"))</strong></a>\
        <p class="soft">\(t("A code of an app besides your password."))</p></li>
        <li class="panel"><a href="\(Links.passkeys)">\(frame.icon(.lock)) <strong>\(t("Passkeys"))</strong></a>\
        <p class="soft">\(t("A fingerprint, a face or a PIN in place of the password."))</p></li>
        """
    }
}
