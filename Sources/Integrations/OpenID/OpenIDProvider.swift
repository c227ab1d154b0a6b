/// Somebody else who knows who people are: an OpenID Connect provider, as it is set up here.
package struct OpenIDProvider: Sendable {
    package let issuer: HTTPAddress
    package let clientID: String
    /// nil where the provider gave none.
    package let clientSecret: String?
    /// Besides `openid`, which is always asked for.
    package let scopes: [String]

    package init(issuer: HTTPAddress, clientID: String, clientSecret: String?, scopes: [String]) {
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scopes = scopes
    }
}

/// Why a provider could not be asked, or was not believed.
package enum OpenIDProblem: Error, Sendable, Hashable {
    /// No answer, or one of a broken server; in words for whoever runs this one.
    case unreachable(String)
    /// The document that a provider describes itself with does not fit.
    case discovery(Discovery)
    /// The provider did not take the code; its error code.
    case codeRefused(String)
    case token(Token)

    package enum Discovery: String, Sendable, Hashable {
        /// What lies there is none.
        case malformed
        /// It speaks of another issuer (OpenID Connect Discovery §4.3).
        case otherIssuer
        /// One of its addresses is neither HTTPS nor of this machine.
        case badAddress
        /// The provider can sign with nothing that we can check.
        case noAlgorithm
        /// The provider has no flow with a code.
        case noCodeFlow
    }

    package enum Token: String, Sendable, Hashable {
        case malformed
        case algorithm
        case unknownKey
        case signature
        case issuer
        case audience
        case party
        case expired
        case issuedAt
        case nonce
        case subject
    }
}

extension OpenIDProblem {
    /// For the audit trail.
    package var name: String {
        switch self {
        case .unreachable: "unreachable"
        case .discovery(let problem): "discovery.\(problem.rawValue)"
        case .codeRefused: "code_refused"
        case .token(let problem): "token.\(problem.rawValue)"
        }
    }
}
