import Integrations

/// A provider as somebody typed it.
package struct SignInProviderChange: Sendable, Hashable {
    package let name: String
    /// Looked at only when a provider is added.
    package let issuer: String
    package let clientID: String
    /// Empty leaves the one that is there.
    package let clientSecret: String
    package let scopes: String
    package let isEnabled: Bool
    package let opensAccounts: Bool

    package init(
        name: String,
        issuer: String,
        clientID: String,
        clientSecret: String,
        scopes: String,
        isEnabled: Bool,
        opensAccounts: Bool
    ) {
        self.name = name
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scopes = scopes
        self.isEnabled = isEnabled
        self.opensAccounts = opensAccounts
    }

    /// What of it goes into a row.
    struct Checked: Sendable {
        let name: String
        let clientID: String
        /// Nothing where the field was empty.
        let clientSecret: String?
        let scopes: String
        let isEnabled: Bool
        let opensAccounts: Bool
    }

    /// Throws `Failure` at the fields `name`, `client_id`, `client_secret` and `scopes`, and those of `more`.
    func checked(_ more: [Failure.FieldProblem] = []) throws(Failure) -> Checked {
        let (name, clientID, secret) = (name.trimmed, clientID.trimmed, clientSecret.trimmed)
        let scopes = scopes.split(whereSeparator: \.isWhitespace).map { String($0) }.filter { $0 != "openid" }
        var problems = more
        if !(1...60).contains(name.codePoints) { problems.append(.providerName) }
        if !(1...255).contains(clientID.utf8.count) || !clientID.utf8.allSatisfy(Self.isPrintable) {
            problems.append(.providerClientID)
        }
        if secret.utf8.count > 500 || !secret.utf8.allSatisfy(Self.isPrintable) {
            problems.append(.providerSecret)
        }
        if scopes.joined(separator: " ").utf8.count > 200
            || !scopes.allSatisfy({ $0.utf8.allSatisfy(Self.isPrintable) })
        {
            problems.append(.providerScopes)
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        return Checked(
            name: name,
            clientID: clientID,
            clientSecret: secret.isEmpty ? nil : secret,
            scopes: scopes.joined(separator: " "),
            isEnabled: isEnabled,
            opensAccounts: opensAccounts
        )
    }

    private static func isPrintable(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }
}
