package import Web

/// Turns the name of an asset into its address, which carries a hash of the content.
package struct AssetLinks: Sendable {
    private let address: @Sendable (String) -> Link

    package init(_ address: @escaping @Sendable (String) -> Link) {
        self.address = address
    }

    package subscript(name: String) -> Link { address(name) }

    /// One picture of the sprite.
    func sprite(_ icon: Icon) -> Link { self["icons.svg"].at(fragment: icon.rawValue) }
}
