import Core
import Web

/// The providers of the brand, each with who uses it.
struct SignInProviderList: Page {
    let providers: [SignInProvider]

    var title: String { t("Sign-in providers") }
    var section: Section? { .administration }

    func main(in frame: Frame) -> HTML {
        providers.isEmpty ? empty(in: frame) : list
    }

    private func empty(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(EmptyState(
            icon: .lock,
            title: t("Nobody logs in from elsewhere yet"),
            text: t("With a provider (OpenID Connect), people log in with the account that they have at work, at Google or at Microsoft."),
            action: (t("Add a provider"), Links.signInProviderAdd)
        ).html(in: frame))
        """
    }

    private var list: HTML {
        """
        <div class="page-head"><h1>\(title)</h1><div class="page-head-actions">\
        <a class="button button-primary" href="\(Links.signInProviderAdd)">\(t("Add a provider"))</a></div></div>
        <table class="table table-cards">
        <thead><tr><th scope="col">\(t("Name"))</th><th scope="col">\(t("Issuer"))</th>\
        <th scope="col" class="number">\(t("Accounts"))</th><th scope="col">\(t("State"))</th></tr></thead>
        <tbody>
        \(providers.map(row))</tbody>
        </table>
        """
    }

    private func row(_ provider: SignInProvider) -> HTML {
        let state: HTML =
            provider.isEnabled
            ? "<span class=\"badge badge-good\">\(t("On"))</span>" : "<span class=\"badge\">\(t("Off"))</span>"
        return """
            <tr><td><a href="\(Links.signInProvider(provider.publicID))"><strong>\(provider.name)</strong></a></td>\
            <td data-name="\(t("Issuer"))"><code>\(provider.issuer)</code></td>\
            <td class="number" data-name="\(t("Accounts"))">\(Language.current.number(provider.accounts))</td>\
            <td data-name="\(t("State"))">\(state)</td></tr>

            """
    }
}

/// One of them, to change; or a new one.
struct SignInProviderForm: Page {
    /// nil for a new one.
    let provider: SignInProvider?
    /// What the provider has to be told.
    let redirect: String
    let form: FormState

    /// - Parameter form: the fields `name`, `issuer`, `client_id`, `client_secret`, `scopes`, `is_enabled` and `opens_accounts`.
    init(provider: SignInProvider?, redirect: String = "", form: FormState? = nil) {
        self.provider = provider
        self.redirect = redirect
        self.form = form ?? FormState(FormFields(provider))
    }

    var title: String { provider?.name ?? t("Add a provider") }
    var section: Section? { .administration }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        \(provider.map { facts($0, in: frame) } ?? introduction)
        \(HTML.form(provider.map { Links.signInProvider($0.publicID) } ?? Links.signInProviderAdd, class: "form form-end", fields))
        \(provider.map { removal($0) })
        """
    }

    private var introduction: HTML {
        """
        <p>\(t("Make a client of the kind “web application” at the provider. It gives you a client ID and a secret; the address that it has to send people back to is shown here once this form is saved."))</p>
        """
    }

    private func facts(_ provider: SignInProvider, in frame: Frame) -> HTML {
        """
        <section class="panel" aria-labelledby="address-title"><h2 id="address-title">\(t("Redirect address"))</h2>
        <p class="panel-help">\(t("Enter it at the provider, exactly as it stands here."))</p>
        <p><code>\(redirect)</code></p>
        <p class="panel-help">\(t("Issuer")): <code>\(provider.issuer)</code></p>
        \(HTML.form(Links.signInProviderTry(provider.publicID), class: "form-actions form-end", HTML.submit(t("Try it"), class: "button")))</section>
        """
    }

    private var fields: HTML {
        """
        \(form.textField("name", label: t("Name"), help: t("As the button on the sign-in page calls it."), required: true, maximumLength: 60))
        \(provider == nil ? issuer : nil)
        \(form.textField("client_id", label: t("Client ID"), required: true, autocomplete: "off", maximumLength: 255))
        \(form.passwordField("client_secret", label: t("Client secret"), help: secretHelp, required: false, autocomplete: "off"))
        \(form.textField("scopes", label: t("Scopes"), help: t("Besides openid. Without “email” nobody can be recognised by their address."), maximumLength: 200))
        \(form.checkbox("is_enabled", label: t("People may log in with it")))
        \(form.checkbox("opens_accounts", label: t("Who has no account here gets one"), help: t("Everybody who can log in there comes in, with the user type for new accounts.")))
        <div class="form-actions">\(HTML.submit(t("Save")))\
        <a class="button" href="\(Links.signInProviders)">\(t("Change nothing"))</a></div>
        """
    }

    private var issuer: HTML {
        form.textField(
            "issuer",
            label: t("Issuer"),
            kind: .url,
            help: t("The provider's address, like https://accounts.google.com. It cannot be changed later."),
            required: true,
            maximumLength: 500
        )
    }

    private var secretHelp: String? {
        provider?.hasSecret == true ? t("One is kept. Leave this empty to keep it.") : nil
    }

    private func removal(_ provider: SignInProvider) -> HTML {
        """
        <div class="form-actions form-end"><a class="button button-bad" \
        href="\(Links.signInProviderRemove(provider.publicID))">\(t("Remove this provider"))</a></div>
        """
    }
}

/// Asks before a provider is taken away.
struct SignInProviderRemoval: Page {
    let provider: SignInProvider

    var title: String { t("Remove \(provider.name)?") }
    var section: Section? { .administration }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        <p>\(consequence)</p>
        <p>\(t("To keep the links, switch it off instead."))</p>
        \(HTML.form(Links.signInProviderRemove(provider.publicID), class: "form-actions form-end", buttons))
        """
    }

    private var consequence: String {
        tn(
            "%1 account is linked with it. Whoever has no password sets one by “Forgot your password?”.",
            "%1 accounts are linked with it. Whoever has no password sets one by “Forgot your password?”.",
            count: provider.accounts
        )
    }

    private var buttons: HTML {
        """
        <button class="button button-bad" type="submit">\(t("Remove"))</button>\
        <a class="button" href="\(Links.signInProvider(provider.publicID))">\(t("Keep it"))</a>
        """
    }
}

extension FormFields {
    /// The form of a provider as it is, or of a new one.
    fileprivate init(_ provider: SignInProvider?) {
        var pairs = [
            Pair("name", provider?.name ?? ""), Pair("client_id", provider?.clientID ?? ""),
            Pair("scopes", provider?.scopes ?? "email profile"),
        ]
        if provider?.isEnabled ?? true { pairs.append(Pair("is_enabled", "1")) }
        if provider?.opensAccounts ?? false { pairs.append(Pair("opens_accounts", "1")) }
        self.init(pairs)
    }
}

extension ProviderTrouble {
    /// In the reader's language, with what to do.
    var words: String {
        switch self {
        case .unreachable(let reason): t("The provider does not answer: \(reason)")
        case .noDescription: t("Nothing at this issuer describes a provider. Check its address.")
        case .otherIssuer:
            t("The provider calls itself otherwise. Add it once more with the issuer exactly as it writes it.")
        case .badAddress: t("The provider names an address that is not https. It cannot be used.")
        case .noAlgorithm: t("The provider signs in no way that can be verified here (RS256, ES256, EdDSA).")
        case .noCodeFlow: t("The provider does not offer the authorization code flow.")
        }
    }
}
