package import Core
package import Web

/// One's own logins elsewhere: those that are linked, and those that can be.
package struct LinkedProvidersPage: Page {
    let identities: [ProviderIdentity]
    let providers: [SignInProvider.Button]

    package init(identities: [ProviderIdentity], providers: [SignInProvider.Button]) {
        self.identities = identities
        self.providers = providers
    }

    package var title: String { t("Logins elsewhere") }
    package var section: Section? { .account }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(identities.isEmpty && providers.isEmpty ? empty(in: frame) : content(in: frame))
        """
    }

    private func empty(in frame: Frame) -> HTML {
        EmptyState(
            icon: .link,
            title: t("There is nothing to link"),
            text: t("The people who run this site have set up no provider with which you could log in.")
        ).html(in: frame)
    }

    private func content(in frame: Frame) -> HTML {
        """
        <p>\(t("Log in with an account that you have elsewhere, in place of your password here."))</p>
        \(identities.isEmpty ? nil : "<ul class=\"stack\" role=\"list\">\(identities.map { item($0, in: frame) })</ul>" as HTML?)
        \(providers.isEmpty ? nil : linking)
        """
    }

    private var linking: HTML {
        """
        <section class="section" aria-labelledby="linking-title">
        <div class="section-head"><h2 id="linking-title">\(t("Link another login"))</h2></div>
        \(providers.map { link($0) })</section>
        """
    }

    private func link(_ provider: SignInProvider.Button) -> HTML {
        let button = HTML.submit(t("Link \(provider.name)"), class: "button")
        return "\(HTML.form(Links.providerLink(provider.publicID), class: "form-actions form-end", button))\n"
    }

    private func item(_ identity: ProviderIdentity, in frame: Frame) -> HTML {
        """
        <li class="panel"><h2>\(identity.provider)</h2><p>\(identity.email ?? "")</p><p class="panel-help">\(t("Added")) \
        \(HTML.time(identity.createdAt, now: frame.now)) · \(used(identity, in: frame))</p>\
        \(HTML.form(Links.providerUnlink(identity.publicID), class: "form-actions form-end", remove(identity)))</li>

        """
    }

    private func used(_ identity: ProviderIdentity, in frame: Frame) -> HTML {
        guard let moment = identity.lastUsedAt else { return "\(t("never used"))" }
        return "\(t("last used")) \(HTML.time(moment, now: frame.now))"
    }

    private func remove(_ identity: ProviderIdentity) -> HTML {
        """
        <button class="button" type="submit" aria-label="\(t("Remove \(identity.provider)"))">\(t("Remove"))</button>
        """
    }
}
