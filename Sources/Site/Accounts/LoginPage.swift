package import Core
package import Web

/// Signing in, and then back to where one wanted to go.
package struct LoginPage: Page {
    let form: FormState
    let next: Link?
    let providers: [SignInProvider.Button]

    /// - Parameter form: fields `email`, `password` and `remember`.
    package init(form: FormState = FormState(), next: Link? = nil, providers: [SignInProvider.Button] = []) {
        self.form = form
        self.next = next
        self.providers = providers
    }

    package var title: String { t("Log in") }
    package var shell: Shell { .focused }
    package var scripts: [Script] { [.passkeys] }

    package func main(in frame: Frame) -> HTML {
        """
        <h1>\(title)</h1>
        <p class="focused-lead">\(t("Welcome back to \(frame.brand.name)."))</p>
        \(form.errorSummary())
        \(HTML.form(Links.login(), class: "form", fields))
        \(PasskeyForm.signIn(next: next, in: frame))
        \(ProviderButtons(providers: providers, next: next).html)
        <p class="focused-foot"><a href="\(Links.forgotPassword)">\(t("Forgot your password?"))</a></p>
        <p class="focused-foot">\(t("No account yet?")) <a href="\(Links.register)">\(t("Sign up"))</a></p>
        """
    }

    private var fields: HTML {
        """
        \(next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" } as HTML?)
        \(form.textField("email", label: t("E-mail"), kind: .email, required: true, autocomplete: "username", autofocus: true))
        \(form.passwordField("password", label: t("Password"), autocomplete: "current-password"))
        \(form.checkbox("remember", label: t("Stay logged in on this device")))
        <div class="form-actions">\(HTML.submit(t("Log in"), class: "button button-primary button-wide"))</div>
        """
    }
}
