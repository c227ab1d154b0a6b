package import Core
package import Web

/// Making an account, which signs in at once.
package struct RegisterPage: Page {
    let form: FormState
    let policies: PolicyVersions
    let minimumPasswordLength: Int

    /// - Parameters:
    ///   - form: fields `username`, `email`, `password`, `password_confirmation` and `agreement`.
    ///   - policies: the versions that the person agrees to.
    package init(form: FormState = FormState(), policies: PolicyVersions, minimumPasswordLength: Int) {
        self.form = form
        self.policies = policies
        self.minimumPasswordLength = minimumPasswordLength
    }

    package var title: String { t("Sign up") }
    package var shell: Shell { .focused }

    package func main(in frame: Frame) -> HTML {
        let content: HTML = """
            \(AccountFields(form: form, minimumPasswordLength: minimumPasswordLength).html)
            \(AgreementField(form: form, versions: policies).html)
            <div class="form-actions">\(HTML.submit(t("Create account"), class: "button button-primary button-wide"))</div>
            """
        return """
            <h1>\(t("Create your account"))</h1>
            <p class="focused-lead">\(t("A place of your own for videos, music, photos and documents."))</p>
            \(form.errorSummary())
            \(HTML.form(Links.register, class: "form", content))
            <p class="focused-foot">\(t("Already have an account?")) <a href="\(Links.login())">\(t("Log in"))</a></p>
            """
    }
}

/// The four fields of a new account.
struct AccountFields: Sendable {
    let form: FormState
    let minimumPasswordLength: Int

    var html: HTML {
        """
        \(form.textField(
            "username", label: t("Username"), help: t("Letters, digits, dots, hyphens and underscores."), required: true,
            autocomplete: "nickname", maximumLength: 32, autofocus: true
        ))
        \(form.textField("email", label: t("E-mail"), kind: .email, required: true, autocomplete: "username"))
        \(PasswordFields(form: form, minimumPasswordLength: minimumPasswordLength).html)
        """
    }
}

/// A new password, twice.
struct PasswordFields: Sendable {
    let form: FormState
    let minimumPasswordLength: Int
    var label = t("Password")

    var html: HTML {
        let length = t(
            "At least \(minimumPasswordLength) characters. A few words that only you would put together are best."
        )
        return """
            \(form.passwordField("password", label: label, help: length, autocomplete: "new-password"))
            \(form.passwordField("password_confirmation", label: t("Password again"), autocomplete: "new-password"))
            """
    }
}
