import Crypto
import Foundation

@testable import Core

/// A device with one passkey, made of software: everything that it says can be bent, to see who notices.
struct SoftwareDevice {
    private enum Key {
        case p256(P256.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    private let key: Key
    var id = Array("a credential".utf8)
    var site = "localhost"
    var origin = "http://localhost"
    /// Present, and verified by a fingerprint.
    var flags: UInt8 = 0x05
    var count: UInt32 = 0
    var algorithm: PasskeyKey.Algorithm
    var crossOrigin = false

    init(_ algorithm: PasskeyKey.Algorithm) {
        self.algorithm = algorithm
        key =
            switch algorithm {
            case .es256: .p256(P256.Signing.PrivateKey())
            case .edDSA: .ed25519(Curve25519.Signing.PrivateKey())
            }
    }

    func clientData(_ type: String, _ challenge: String) -> [UInt8] {
        Array(
            #"{"type":"\#(type)","challenge":"\#(challenge)","origin":"\#(origin)","crossOrigin":\#(crossOrigin)}"#.utf8
        )
    }

    func data(withKey: Bool = false) -> [UInt8] {
        let siteHash = Array(SHA256.hash(data: Data(site.utf8)))
        let counter = withUnsafeBytes(of: count.bigEndian) { Array($0) }
        guard withKey else { return siteHash + [flags] + counter }
        return siteHash + [flags | 0x40] + counter + Array(repeating: 0, count: 16) + [0, UInt8(id.count)] + id
            + coseKey
    }

    /// {1: kind, 3: algorithm, -1: curve, -2: x, -3: y}
    private var coseKey: [UInt8] {
        let number = UInt8(-1 - algorithm.rawValue)
        switch key {
        case .p256(let key):
            let point = Array(key.publicKey.rawRepresentation)
            let (x, y) = (Array(point[..<32]), Array(point[32...]))
            let head: [UInt8] = [0xA5, 0x01, 0x02, 0x03, 0x20 | number, 0x20, 0x01]
            let first: [UInt8] = [0x21, 0x58, 32] + x
            let second: [UInt8] = [0x22, 0x58, 32] + y
            return head + first + second
        case .ed25519(let key):
            let x = Array(key.publicKey.rawRepresentation)
            let head: [UInt8] = [0xA4, 0x01, 0x01, 0x03, 0x20 | number, 0x20, 0x06]
            return head + [0x21, 0x58, 32] + x
        }
    }

    /// {"fmt": "none", "attStmt": {}, "authData": …}
    var attestation: [UInt8] {
        let data = data(withKey: true)
        var bytes: [UInt8] = [0xA3]
        bytes += [0x63] + Array("fmt".utf8) + [0x64] + Array("none".utf8)
        bytes += [0x67] + Array("attStmt".utf8) + [0xA0]
        bytes += [0x68] + Array("authData".utf8) + [0x59, UInt8(data.count >> 8), UInt8(data.count & 0xFF)]
        return bytes + data
    }

    func sign(_ message: [UInt8]) throws -> [UInt8] {
        switch key {
        case .p256(let key): Array(try key.signature(for: Data(message)).derRepresentation)
        case .ed25519(let key): Array(try key.signature(for: Data(message)))
        }
    }

    func registration(_ challenge: String, name: String = "Telephone") -> Passkey.Registration {
        Passkey.Registration(
            name: name,
            clientData: Base64URL.encode(clientData("webauthn.create", challenge)),
            attestation: Base64URL.encode(attestation)
        )
    }

    func assertion(_ challenge: String, of account: Account, type: String = "webauthn.get") throws -> Passkey.Assertion
    {
        let client = clientData(type, challenge)
        let signature = try sign(data() + Array(SHA256.hash(data: Data(client))))
        return Passkey.Assertion(
            credential: Base64URL.encode(id),
            clientData: Base64URL.encode(client),
            authenticatorData: Base64URL.encode(data()),
            signature: Base64URL.encode(signature),
            user: Passkeys.handle(of: account.publicID),
            device: nil
        )
    }
}
