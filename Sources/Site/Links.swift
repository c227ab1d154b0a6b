package import Web

/// Every address of the site; each feature adds its own in an extension. Pages never spell a path themselves.
package enum Links {
    package static let home = Link()
    package static let dashboard = Link(path: "user")
}
