import Core
package import Web

/// Asking for a mail with a link: to choose a new password, or to confirm the address.
package struct AskForLinkPage: Page {
    package enum Purpose: Sendable {
        case resetPassword
        case confirmAddress
    }

    let purpose: Purpose
    let form: FormState

    /// - Parameter form: the field `email`.
    package init(_ purpose: Purpose, form: FormState = FormState()) {
        self.purpose = purpose
        self.form = form
    }

    package var title: String {
        switch purpose {
        case .resetPassword: t("Forgot your password?")
        case .confirmAddress: t("Confirm your e-mail address")
        }
    }
    package var shell: Shell { .focused }

    package func main(in frame: Frame) -> HTML {
        """
        <h1>\(title)</h1>
        <p class="focused-lead">\(lead)</p>
        \(form.errorSummary())
        \(HTML.form(action, class: "form", fields))
        <p class="focused-foot"><a href="\(Links.login())">\(t("Log in"))</a></p>
        """
    }

    private var lead: String {
        switch purpose {
        case .resetPassword: t("Type the address of your account, and we send you a link to choose a new one.")
        case .confirmAddress: t("Type the address of your account, and we send you the link once more.")
        }
    }

    private var action: Link {
        switch purpose {
        case .resetPassword: Links.forgotPassword
        case .confirmAddress: Links.resendVerification
        }
    }

    private var fields: HTML {
        """
        \(form.textField("email", label: t("E-mail"), kind: .email, required: true, autocomplete: "username", autofocus: true))
        <div class="form-actions">\(HTML.submit(t("Send the link"), class: "button button-primary button-wide"))</div>
        """
    }
}

/// Choosing a new password, for whoever has the link.
package struct ResetPasswordPage: Page {
    let form: FormState
    let token: String
    let minimumPasswordLength: Int

    /// - Parameter form: the fields `password` and `password_confirmation`.
    package init(form: FormState = FormState(), token: String, minimumPasswordLength: Int) {
        self.form = form
        self.token = token
        self.minimumPasswordLength = minimumPasswordLength
    }

    package var title: String { t("Choose a new password") }
    package var shell: Shell { .focused }

    package func main(in frame: Frame) -> HTML {
        """
        <h1>\(title)</h1>
        <p class="focused-lead">\(t("You are then logged out everywhere, API tokens are revoked, and you log in with the new password."))</p>
        \(form.errorSummary())
        \(HTML.form(Links.resetPassword(), class: "form", fields))
        """
    }

    private var fields: HTML {
        """
        <input type="hidden" name="token" value="\(token)">
        \(PasswordFields(form: form, minimumPasswordLength: minimumPasswordLength).html)
        <div class="form-actions">\(HTML.submit(t("Set the password"), class: "button button-primary button-wide"))</div>
        """
    }
}

/// One button: programs that look into mails open links, and must not confirm anything.
package struct VerifyEmailPage: Page {
    let token: String

    package init(token: String) {
        self.token = token
    }

    package var title: String { t("Confirm your e-mail address") }
    package var shell: Shell { .focused }

    package func main(in frame: Frame) -> HTML {
        let fields: HTML = """
            <input type="hidden" name="token" value="\(token)">
            <div class="form-actions">\
            \(HTML.submit(t("Confirm this address"), class: "button button-primary button-wide"))</div>
            """
        return """
            <h1>\(title)</h1>
            <p class="focused-lead">\(t("One more step, and your account at \(frame.brand.name) is complete."))</p>
            \(HTML.form(Links.verifyEmail(), class: "form", fields))
            """
    }
}
