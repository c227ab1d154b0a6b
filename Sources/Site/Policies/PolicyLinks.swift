import Core
package import Web

/// What the platform promises and asks.
extension Links {
    package static let privacyPolicy = Link(path: "privacy-policy")
    package static let termsOfService = Link(path: "terms-of-service")
    package static let policiesEdit = Link(path: "admin", "pages")

    static func policy(_ kind: PolicyKind) -> Link {
        switch kind {
        case .privacy: privacyPolicy
        case .terms: termsOfService
        }
    }

    static func policyEdit(_ kind: PolicyKind) -> Link {
        switch kind {
        case .privacy: Link(path: "admin", "pages", "privacy-policy")
        case .terms: Link(path: "admin", "pages", "terms-of-service")
        }
    }
}

extension PolicyKind {
    var title: String {
        switch self {
        case .privacy: t("Privacy policy")
        case .terms: t("Terms of service")
        }
    }
}
