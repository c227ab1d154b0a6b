import Core
import Web

/// “Continue with …”, one button for each provider of the brand.
struct ProviderButtons: Sendable {
    let providers: [SignInProvider.Button]
    let next: Link?

    var html: HTML? {
        guard !providers.isEmpty else { return nil }
        return """
            <div class="stack">
            \(providers.map(button))<p class="field-help">\(t("Who comes in this way for the first time agrees to the")) \
            <a href="\(Links.termsOfService)">\(t("Terms of service"))</a> · \
            <a href="\(Links.privacyPolicy)">\(t("Privacy policy"))</a></p></div>
            """
    }

    private func button(_ provider: SignInProvider.Button) -> HTML {
        let content: HTML = """
            \(next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" } as HTML?)\
            \(HTML.submit(t("Continue with \(provider.name)"), class: "button button-wide"))
            """
        return "\(HTML.form(Links.providerSignIn(provider.publicID), class: "form", content))\n"
    }
}
