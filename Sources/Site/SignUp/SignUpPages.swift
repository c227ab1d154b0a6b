import Web

/// The last step of signing up where the address comes first. One button, and the name, in case somebody else has it by now.
struct CompleteSignUpPage: Page {
    let email: String
    let token: String
    /// The field `username`.
    let form: FormState

    var title: String { t("Finish your account") }
    var shell: Shell { .focused }

    func main(in frame: Frame) -> HTML {
        let fields: HTML = """
            <input type="hidden" name="token" value="\(token)">
            \(form.textField(
                "username", label: t("Username"), help: t("Letters, digits, dots, hyphens and underscores."),
                required: true, autocomplete: "nickname", maximumLength: 32
            ))
            <div class="form-actions">\
            \(HTML.submit(t("Create account"), class: "button button-primary button-wide"))</div>
            """
        return """
            <h1>\(title)</h1>
            <p class="focused-lead">\(t("Your account at \(frame.brand.name) gets the address \(email) and the password that you chose."))</p>
            \(form.errorSummary())
            \(HTML.form(Links.completeSignUp(), class: "form", fields))
            """
    }
}
