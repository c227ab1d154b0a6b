import Core
import Web

/// How one is called and in which language one is spoken to.
struct ProfilePage: Page {
    let username: String
    let email: String
    /// The languages that the site speaks, by their tags, each under its own name.
    let languages: [FormState.Choice]
    let form: FormState

    /// - Parameter form: fields `display_name` and `language`, as they were sent; nil shows what the account has.
    init(account: Account, languages: [FormState.Choice], form: FormState? = nil) {
        username = account.username
        email = account.email
        self.languages = languages
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
        <section class="section" aria-labelledby="sign-in-title">
        <div class="section-head"><h2 id="sign-in-title">\(t("Signing in"))</h2></div>
        <ul class="stack" role="list">\(signIn(in: frame))</ul>
        </section>
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

    private func signIn(in frame: Frame) -> HTML {
        """
        <li class="panel"><strong>\(t("E-mail"))</strong><p class="soft">\(email)</p></li>
        <li class="panel"><a href="\(Links.security)">\(frame.icon(.lock)) <strong>\(t("Security"))</strong></a>\
        <p class="soft">\(t("Where you are logged in"))</p></li>
        <li class="panel"><a href="\(Links.twoFactor)">\(frame.icon(.shield)) <strong>\(t("Two-step sign-in"))</strong></a>\
        <p class="soft">\(t("A code of an app besides your password."))</p></li>
        <li class="panel"><a href="\(Links.passkeys)">\(frame.icon(.lock)) <strong>\(t("Passkeys"))</strong></a>\
        <p class="soft">\(t("A fingerprint, a face or a PIN in place of the password."))</p></li>
        """
    }
}
