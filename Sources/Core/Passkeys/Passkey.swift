import Persistence

/// A device with which somebody signs in without a password.
package struct Passkey: Sendable, Hashable {
    package let id: ID<Passkey>
    /// What stands in URLs.
    package let publicID: String
    package let name: String
    package let createdAt: Timestamp
    package let lastUsedAt: Timestamp?

    package init(id: ID<Passkey>, publicID: String, name: String, createdAt: Timestamp, lastUsedAt: Timestamp?) {
        self.id = id
        self.publicID = publicID
        self.name = name
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }

    init(_ row: Row) throws {
        id = try row["id"]
        publicID = try row["public_id"]
        name = try row["name"]
        createdAt = try row["created_at"]
        lastUsedAt = try row.optional("last_used_at")
    }

    /// What the browser is told before it makes a key. All bytes are base64url.
    package struct Invitation: Sendable {
        package let challenge: String
        package let site: RelyingParty
        /// What the device keeps beside the key, and says when it signs in.
        package let user: String
        package let username: String
        /// Keys that the account has already: their devices are not asked again.
        package let known: [String]
    }

    /// What the browser answers with, as base64url.
    package struct Registration: Sendable {
        package let name: String
        package let clientData: String
        package let attestation: String

        package init(name: String, clientData: String, attestation: String) {
            self.name = name
            self.clientData = clientData
            self.attestation = attestation
        }
    }

    /// What the browser answers with when somebody signs in, as base64url.
    package struct Assertion: Sendable {
        package let credential: String
        package let clientData: String
        package let authenticatorData: String
        package let signature: String
        package let user: String
        /// The secret from the browser's `known_device` cookie, if it sent one.
        package let device: String?

        package init(
            credential: String,
            clientData: String,
            authenticatorData: String,
            signature: String,
            user: String,
            device: String?
        ) {
            self.credential = credential
            self.clientData = clientData
            self.authenticatorData = authenticatorData
            self.signature = signature
            self.user = user
            self.device = device
        }
    }

    /// As it is kept: what its owner shows has to fit.
    struct Stored: Sendable {
        let id: ID<Passkey>
        let account: ID<Account>
        let owner: String
        let key: PasskeyKey
        let count: Int64

        init(_ row: Row) throws {
            id = try row["id"]
            account = try row["account_id"]
            owner = try row["owner"]
            key = PasskeyKey(algorithm: try row["algorithm"], bytes: try row["public_key"])
            count = try row["sign_count"]
        }
    }
}

extension AuditSubject {
    static func passkey(_ id: ID<Passkey>) -> AuditSubject { AuditSubject(kind: "passkey", id: id.value) }
}
