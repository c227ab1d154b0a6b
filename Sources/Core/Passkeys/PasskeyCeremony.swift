import Crypto
import Foundation

/// Which site a passkey belongs to. Browsers see to it that no other site can use it.
package struct RelyingParty: Sendable, Hashable {
    /// The host without scheme and port.
    package let id: String
    /// Scheme, host and port.
    package let origin: String

    package init(id: String, origin: String) {
        self.id = id
        self.origin = origin
    }

    /// nil for an address of the network: passkeys belong to names. This machine's own addresses stand for `localhost`.
    package init?(_ settings: Settings) {
        let host = settings.baseHost
        if settings.isLocal {
            self.init(id: "localhost", origin: settings.baseURL.replacing(host, with: "localhost"))
            return
        }
        guard host.contains(where: \.isLetter), !host.hasPrefix("[") else { return nil }
        self.init(id: host, origin: settings.baseURL)
    }
}

/// What the browser adds to what the device signs (WebAuthn §5.8.1).
struct ClientData: Sendable {
    enum Kind: String {
        case create = "webauthn.create"
        case get = "webauthn.get"
    }

    private struct Fields: Decodable {
        let type: String
        let challenge: String
        let origin: String
        let crossOrigin: Bool?
    }

    let challenge: String
    let hash: [UInt8]

    /// Throws where it was not made for this site, or for another purpose.
    init(_ bytes: [UInt8], _ kind: Kind, for site: RelyingParty) throws(PasskeyProblem) {
        guard let fields = try? JSONDecoder().decode(Fields.self, from: Data(bytes)) else { throw .malformed }
        guard fields.type == kind.rawValue else { throw .wrongType }
        guard fields.origin == site.origin, fields.crossOrigin != true else { throw .wrongOrigin }
        challenge = fields.challenge
        hash = Array(SHA256.hash(data: Data(bytes)))
    }
}

/// The checks of WebAuthn level 2, §7.1 and §7.2, as far as they need no database. Attestation is not asked for and not
/// looked at: any device may be used.
struct PasskeyCeremony: Sendable {
    let site: RelyingParty

    /// A new key.
    func registered(_ attestation: [UInt8]) throws(PasskeyProblem) -> (AuthenticatorData.Credential, counter: Int64) {
        var reader = CBORReader(attestation)
        guard let object = try? reader.value(), reader.rest.isEmpty,
            let bytes = object[.text("authData")]?.bytes
        else { throw .malformed }
        let data = try checked(bytes)
        guard let credential = data.credential else { throw .malformed }
        return (credential, data.counter)
    }

    /// A signature by a key that is known. Answers the device's count.
    func asserted(_ bytes: [UInt8], _ signature: [UInt8], _ client: ClientData, by key: PasskeyKey)
        throws(PasskeyProblem)
        -> Int64
    {
        let data = try checked(bytes)
        guard key.verifies(signature, of: bytes + client.hash) else { throw .wrongSignature }
        return data.counter
    }

    private func checked(_ bytes: [UInt8]) throws(PasskeyProblem) -> AuthenticatorData {
        let data = try AuthenticatorData(bytes)
        guard data.siteHash == Array(SHA256.hash(data: Data(site.id.utf8))) else { throw .wrongSite }
        guard data.isPresent else { throw .notPresent }
        guard data.isVerified else { throw .notVerified }
        return data
    }
}
