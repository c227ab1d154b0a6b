package import Core
package import Web

/// On the way to a provider. The browser goes on by itself (`Refresh`); the link is for those that do not.
package struct DeparturePage: Page {
    let provider: String
    let address: Link

    /// nil for an address that leads nowhere outside.
    package init?(_ departure: ProviderDeparture) {
        guard let address = Link(external: departure.address) else { return nil }
        self.address = address
        provider = departure.provider
    }

    package var title: String { t("On to \(provider)") }
    package var shell: Shell { .focused }

    package func main(in frame: Frame) -> HTML {
        """
        <h1>\(title)</h1>
        <p class="focused-lead">\(t("You log in there, and come back here."))</p>
        <div class="form-actions"><a class="button button-primary button-wide" href="\(address)" rel="noreferrer">\
        \(t("Go on"))</a></div>
        <p class="focused-foot"><a href="\(Links.login())">\(t("Start again"))</a></p>
        """
    }
}
