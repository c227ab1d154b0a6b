package import Web

/// The second step of a sign-in: a code from the app, or a recovery code.
package struct SecondStepPage: Page {
    let form: FormState
    let next: Link?

    /// - Parameter form: the field `code`, and `remember` as it was chosen at the first step.
    package init(form: FormState = FormState(), next: Link? = nil) {
        self.form = form
        self.next = next
    }

    package var title: String { t("One more step") }
    package var shell: Shell { .focused }
    package var scripts: [Script] { [.passkeys] }

    package func main(in frame: Frame) -> HTML {
        """
        <h1>\(title)</h1>
        <p class="focused-lead">\(t("Open your authenticator app and type the code that it shows for \(frame.brand.name)."))</p>
        \(form.errorSummary())
        \(HTML.form(Links.secondStep(), class: "form", fields))
        \(PasskeyForm.signIn(next: next, in: frame))
        <p class="focused-foot"><a href="\(Links.login(next: next))">\(t("Start again"))</a></p>
        """
    }

    private var fields: HTML {
        """
        \(next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" } as HTML?)
        \(form.hiddenField("remember"))
        \(form.codeField(help: t("No app at hand? Type one of your recovery codes.")))
        <div class="form-actions">\(HTML.submit(t("Log in"), class: "button button-primary button-wide"))</div>
        """
    }
}

extension FormState {
    /// The code of an authenticator app. Never written back: it works once.
    func codeField(label: String = t("Code"), help: String? = nil, isRequired: Bool = true, hasFocus: Bool = true)
        -> HTML
    {
        FormState(problems: problems, message: message).textField(
            "code",
            label: label,
            help: help,
            required: isRequired,
            autocomplete: "one-time-code",
            maximumLength: 40,
            autofocus: hasFocus
        )
    }
}
