package import Core
package import Web

/// What every page of one answer shares: whose site it is, who looks, and what happened just before.
package struct Frame: Sendable {
    package let brand: Brand
    package let viewer: Viewer?
    package let flashes: [Flash]
    package let assets: AssetLinks
    /// The address of this page, so that signing in can lead back to it.
    package let here: Link
    package let now: Timestamp
    package let requestID: String

    package init(
        brand: Brand = .platform,
        viewer: Viewer?,
        flashes: [Flash] = [],
        assets: AssetLinks,
        here: Link,
        now: Timestamp,
        requestID: String
    ) {
        self.brand = brand
        self.viewer = viewer
        self.flashes = flashes
        self.assets = assets
        self.here = here
        self.now = now
        self.requestID = requestID
    }

    func may(_ permission: Permission) -> Bool {
        viewer?.permissions.contains(permission) ?? false
    }
}

/// The name over the door. Its colours are custom properties in a stylesheet of the layer `brand`.
package struct Brand: Sendable {
    package let name: String
    package let stylesheet: Link?

    package init(name: String, stylesheet: Link? = nil) {
        self.name = name
        self.stylesheet = stylesheet
    }

    package static let platform = Brand(name: "MediaShare")
}

/// A sentence about what was just done, shown once on the next page.
package struct Flash: Sendable, Hashable {
    package let kind: Notice.Kind
    package let text: String

    package init(_ kind: Notice.Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
