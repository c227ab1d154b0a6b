import Crypto
import Foundation
import Persistence

/// The public key of somebody's device, in one of the two kinds that we ask for.
struct PasskeyKey: Sendable, Hashable {
    /// As COSE numbers them (RFC 9053 §2).
    enum Algorithm: Int64, Sendable, SQLConvertible {
        case es256 = -7
        case edDSA = -8
    }

    let algorithm: Algorithm
    /// A point of P-256 as X9.63 writes it, uncompressed; or the 32 bytes of an Ed25519 key.
    let bytes: [UInt8]

    init(algorithm: Algorithm, bytes: [UInt8]) {
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// A COSE key (RFC 9052 §7, WebAuthn §5.8.5). Throws where it is another kind, or no point of its curve.
    init(cose: CBOR) throws(PasskeyProblem) {
        let (kind, curve) = (cose[.integer(1)], cose[.integer(-1)])
        guard case .integer(let number) = cose[.integer(3)], let algorithm = Algorithm(rawValue: number),
            let x = cose[.integer(-2)]?.bytes, x.count == 32
        else { throw .unknownAlgorithm }
        switch algorithm {
        case .es256:
            guard kind == .integer(2), curve == .integer(1), let y = cose[.integer(-3)]?.bytes, y.count == 32 else {
                throw .unknownAlgorithm
            }
            self.init(algorithm: algorithm, bytes: [4] + x + y)
        case .edDSA:
            guard kind == .integer(1), curve == .integer(6) else { throw .unknownAlgorithm }
            self.init(algorithm: algorithm, bytes: x)
        }
        guard isOnCurve else { throw .unknownAlgorithm }
    }

    private var isOnCurve: Bool {
        switch algorithm {
        case .es256: (try? P256.Signing.PublicKey(x963Representation: bytes)) != nil
        case .edDSA: (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil
        }
    }

    /// ES256 signatures come as ASN.1, those of EdDSA as they are (WebAuthn §6.5.6).
    func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        switch algorithm {
        case .es256:
            guard let key = try? P256.Signing.PublicKey(x963Representation: bytes),
                let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: Data(message))
        case .edDSA:
            guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
            return key.isValidSignature(Data(signature), for: Data(message))
        }
    }
}

/// Why what a device said was not believed; for the audit trail and for tests. People are told one sentence for all.
enum PasskeyProblem: String, Error, Sendable {
    case malformed, wrongType, wrongOrigin, wrongChallenge, wrongSite, notPresent, notVerified, unknownAlgorithm
    case unknownKey, wrongSignature, wrongOwner, counterWentBack
}
