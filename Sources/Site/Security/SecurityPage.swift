package import Core
package import Web

/// Who can get into one's account: the password, and every browser that is logged in.
package struct SecurityPage: Page {
    let form: FormState
    let sessions: ListPage<SessionSummary>
    /// The session that looks at this page.
    let current: ID<Session>
    let minimumPasswordLength: Int

    /// - Parameter form: fields `current_password`, `password`, `password_confirmation` and `revoke_tokens`.
    package init(
        form: FormState = FormState(),
        sessions: ListPage<SessionSummary>,
        current: ID<Session>,
        minimumPasswordLength: Int
    ) {
        self.form = form
        self.sessions = sessions
        self.current = current
        self.minimumPasswordLength = minimumPasswordLength
    }

    package var title: String { t("Security") }
    package var section: Section? { .account }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        <section class="section" aria-labelledby="sessions-title">
        <div class="section-head"><h2 id="sessions-title">\(t("Where you are logged in"))</h2></div>
        \(SessionTable(sessions: sessions, current: current).html(in: frame))
        </section>
        <section class="section" aria-labelledby="password-title">
        <div class="section-head"><h2 id="password-title">\(t("Password"))</h2></div>
        \(HTML.form(Links.changePassword, class: "form", passwordFields))
        </section>
        <section class="section" aria-labelledby="two-factor-title">
        <div class="section-head"><h2 id="two-factor-title">\(t("Two-step sign-in"))</h2>\
        <a href="\(Links.twoFactor)">\(t("Authenticator app"))</a></div>
        <p class="panel-help">\(t("With a code from your telephone besides it, a stolen password opens nothing."))</p>
        </section>
        <section class="section" aria-labelledby="passkeys-title">
        <div class="section-head"><h2 id="passkeys-title">\(t("Passkeys"))</h2>\
        <a href="\(Links.passkeys)">\(t("Your passkeys"))</a></div>
        <p class="panel-help">\(t("Log in with your device's own lock: a finger, a face, a code."))</p>
        </section>
        <section class="section" aria-labelledby="providers-title">
        <div class="section-head"><h2 id="providers-title">\(t("Logins elsewhere"))</h2>\
        <a href="\(Links.linkedProviders)">\(t("Your logins elsewhere"))</a></div>
        <p class="panel-help">\(t("Log in with an account that you have elsewhere, in place of your password here."))</p>
        </section>
        <section class="section" aria-labelledby="programs-title">
        <div class="section-head"><h2 id="programs-title">\(t("Programs"))</h2>\
        <a href="\(Links.tokens)">\(t("API tokens"))</a></div>
        <p class="panel-help">\(t("With a token, a program does for you what you allow it, and nothing else."))</p>
        </section>
        """
    }

    private var passwordFields: HTML {
        """
        \(form.passwordField("current_password", label: t("Current password"), autocomplete: "current-password"))
        \(PasswordFields(form: form, minimumPasswordLength: minimumPasswordLength, label: t("New password")).html)
        \(form.checkbox("revoke_tokens", label: t("Revoke my API tokens, too")))
        <p class="panel-help">\(t("Every other browser is logged out."))</p>
        <div class="form-actions">\(HTML.submit(t("Change the password"), class: "button button-primary"))</div>
        """
    }
}
