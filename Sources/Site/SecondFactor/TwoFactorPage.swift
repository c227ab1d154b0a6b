package import Core
package import Web

/// Whether two-step sign-in is on, and what can be done about it.
package struct TwoFactorPage: Page {
    let factor: SecondFactor
    let isRequired: Bool

    /// - Parameter isRequired: whether one's user type has to have it.
    package init(factor: SecondFactor, isRequired: Bool = false) {
        self.factor = factor
        self.isRequired = isRequired
    }

    package var title: String { t("Two-step sign-in") }
    package var section: Section? { .account }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(factor.since.map { on(since: $0, in: frame) } ?? off(in: frame))
        """
    }

    private func off(in frame: Frame) -> HTML {
        """
        \(isRequired ? Notice(.warn, "<p>\(t("Your account needs two-step sign-in. Set it up first."))</p>").html(in: frame) : nil)
        <p>\(t("Besides your password, an app on your telephone shows a code that changes every 30 seconds. Whoever finds out your password cannot get in with it alone."))</p>
        \(HTML.form(Links.twoFactor, class: "form-actions form-end", HTML.submit(t("Set it up"))))
        """
    }

    private func on(since: Timestamp, in frame: Frame) -> HTML {
        """
        \(factor.recoveryCodes < 3 ? fewCodes(in: frame) : nil)
        <ul class="stack" role="list">
        <li class="panel"><h2>\(t("Authenticator app"))</h2><p>\(t("It is asked for since")) \
        \(HTML.time(since, now: frame.now)).</p>\
        <div class="form-actions form-end"><a class="button" href="\(Links.twoFactorOff)">\(t("Turn it off"))</a></div></li>
        <li class="panel"><h2>\(t("Recovery codes"))</h2><p>\(left)</p>\
        \(HTML.form(Links.twoFactorCodes, class: "form-actions form-end", HTML.submit(t("Make new codes"), class: "button")))</li>
        </ul>
        """
    }

    private var left: String {
        tn(
            "%1 code is left. New ones take the place of all old ones.",
            "%1 codes are left. New ones take the place of all old ones.",
            count: factor.recoveryCodes
        )
    }

    private func fewCodes(in frame: Frame) -> HTML {
        Notice(.warn, "<p>\(t("Make new recovery codes while you still have your app."))</p>").html(in: frame)
    }
}

/// Turning it off takes both, so that neither a found telephone nor a found password is enough.
package struct TwoFactorOffPage: Page {
    let form: FormState

    /// - Parameter form: the fields `password` and `code`.
    package init(form: FormState = FormState()) {
        self.form = form
    }

    package var title: String { t("Turn two-step sign-in off") }
    package var section: Section? { .account }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        <p>\(t("From then on your password alone is enough to get in. Your recovery codes are gone as well."))</p>
        \(form.errorSummary())
        \(HTML.form(Links.twoFactorOff, class: "form form-end", fields))
        """
    }

    private var fields: HTML {
        """
        \(form.passwordField("password", label: t("Password"), autocomplete: "current-password", autofocus: true))
        \(form.codeField(help: t("Of your app, or a recovery code."), hasFocus: false))
        <div class="form-actions"><button class="button button-bad" type="submit">\(t("Turn it off"))</button>\
        <a class="button" href="\(Links.twoFactor)">\(t("Keep it"))</a></div>
        """
    }
}
