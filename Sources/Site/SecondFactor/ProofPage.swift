package import Web

/// Asks once more for a proof, before something dangerous.
package struct ProofPage: Page {
    let form: FormState
    let next: Link?
    let hasSecondFactor: Bool
    let hasPasskey: Bool

    /// - Parameter form: the fields `password` and `code`.
    package init(form: FormState = FormState(), next: Link?, hasSecondFactor: Bool, hasPasskey: Bool = false) {
        self.form = form
        self.next = next
        self.hasSecondFactor = hasSecondFactor
        self.hasPasskey = hasPasskey
    }

    package var title: String { t("Is it you?") }
    package var shell: Shell { .focused }
    package var scripts: [Script] { hasPasskey ? [.passkeys] : [] }

    package func main(in frame: Frame) -> HTML {
        """
        <h1>\(title)</h1>
        <p class="focused-lead">\(t("What comes next could do harm in the wrong hands. Confirm that you are \(frame.viewer?.name ?? "")."))</p>
        \(form.errorSummary())
        \(HTML.form(Links.prove(), class: "form", fields))
        \(hasPasskey ? PasskeyForm.prove(next: next, in: frame) : nil)
        <p class="focused-foot"><a href="\(Links.dashboard)">\(t("Go back"))</a></p>
        """
    }

    private var fields: HTML {
        """
        \(next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" } as HTML?)
        \(form.passwordField("password", label: t("Password"), required: true, autocomplete: "current-password", autofocus: true))
        \(hasSecondFactor ? form.codeField(label: t("A code of your app"), isRequired: true, hasFocus: false) : nil)
        <div class="form-actions">\(HTML.submit(t("Confirm"), class: "button button-primary button-wide"))</div>
        """
    }
}
