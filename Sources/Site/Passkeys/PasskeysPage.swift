package import Core
package import Web

/// One's own passkeys: adding one, and taking them away.
package struct PasskeysPage: Page {
    let form: FormState
    let passkeys: [Passkey]
    let isPossible: Bool

    /// - Parameters:
    ///   - form: the field `name`.
    ///   - isPossible: whether the site has a name that passkeys can belong to.
    package init(form: FormState = FormState(), passkeys: [Passkey], isPossible: Bool = true) {
        self.form = form
        self.passkeys = passkeys
        self.isPossible = isPossible
    }

    package var title: String { t("Passkeys") }
    package var section: Section? { .account }
    package var scripts: [Script] { [.passkeys] }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        <p>\(t("Log in with the fingerprint, the face or the PIN of your device. Nothing has to be remembered, and nothing can be given away to a false page."))</p>
        \(passkeys.isEmpty ? nil : "<ul class=\"stack\" role=\"list\">\(passkeys.map { item($0, in: frame) })</ul>" as HTML?)
        \(isPossible ? adding : Notice(.info, "<p>\(t("Passkeys work only where this site has a name."))</p>").html(in: frame))
        """
    }

    private var adding: HTML {
        let content: HTML = """
            \(form.textField("name", label: t("Name of the device"), required: true, maximumLength: 60))
            <div class="form-actions">\(HTML.submit(t("Add a passkey")))</div>
            """
        let form = PasskeyForm(
            kind: .create,
            action: Links.passkeys,
            challenge: Links.passkeyInvitation,
            content: content
        )
        return """
            <div class="form-end">\(form.html)</div>
            <noscript><p>\(t("Adding a passkey needs JavaScript."))</p></noscript>
            """
    }

    private func item(_ passkey: Passkey, in frame: Frame) -> HTML {
        """
        <li class="panel"><h2>\(passkey.name)</h2><p class="panel-help">\(t("Added")) \
        \(HTML.time(passkey.createdAt, now: frame.now)) · \(used(passkey, in: frame))</p>\
        \(HTML.form(Links.passkeyRemove(passkey.publicID), class: "form-actions form-end", remove(passkey)))</li>

        """
    }

    private func used(_ passkey: Passkey, in frame: Frame) -> HTML {
        guard let moment = passkey.lastUsedAt else { return "\(t("never used"))" }
        return "\(t("last used")) \(HTML.time(moment, now: frame.now))"
    }

    private func remove(_ passkey: Passkey) -> HTML {
        """
        <button class="button" type="submit" aria-label="\(t("Remove \(passkey.name)"))">\(t("Remove"))</button>
        """
    }
}
