package import Web

/// The first run: whoever has the one-time link makes the administrator's account.
package struct AdminSetupPage: Page {
    let form: FormState
    let token: String
    let minimumPasswordLength: Int

    /// - Parameter form: fields `username`, `email`, `password` and `password_confirmation`.
    package init(form: FormState = FormState(), token: String, minimumPasswordLength: Int) {
        self.form = form
        self.token = token
        self.minimumPasswordLength = minimumPasswordLength
    }

    package var title: String { t("Set up") }
    package var shell: Shell { .focused }

    package func main(in frame: Frame) -> HTML {
        """
        <h1>\(t("Set up \(frame.brand.name)"))</h1>
        <p class="focused-lead">\(t("Make the administrator’s account. This link works once and then never again."))</p>
        \(form.errorSummary())
        \(HTML.form(Links.setup(), class: "form", fields))
        """
    }

    private var fields: HTML {
        """
        <input type="hidden" name="token" value="\(token)">
        \(AccountFields(form: form, minimumPasswordLength: minimumPasswordLength).html)
        <div class="form-actions">\(HTML.submit(t("Create administrator"), class: "button button-primary button-wide"))</div>
        """
    }
}
