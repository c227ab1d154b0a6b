import Foundation
import JWTKit

/// How a token may be signed. `none` and the HS family, where whoever can check can also sign, are not among them.
enum IDTokenAlgorithm: String, Sendable {
    case rs256 = "RS256"
    case es256 = "ES256"
    case edDSA = "EdDSA"

    fileprivate var keyType: JWK.KeyType {
        switch self {
        case .rs256: .rsa
        case .es256: .ecdsa
        case .edDSA: .octetKeyPair
        }
    }

    fileprivate var forKey: JWK.Algorithm {
        switch self {
        case .rs256: .rs256
        case .es256: .es256
        case .edDSA: .eddsa
        }
    }
}

/// A provider's public keys (RFC 7517 §5).
struct IDTokenKeys: Sendable {
    private let keys: [JWK]

    /// Keys of kinds that we do not know are passed over, as §5 wants it.
    init(_ bytes: [UInt8]) throws(OpenIDProblem) {
        struct JSON: Decodable {
            let keys: [Entry]
        }
        struct Entry: Decodable {
            let key: JWK?

            enum Member: String, CodingKey {
                case use
            }

            init(from decoder: any Decoder) throws {
                let use = try decoder.container(keyedBy: Member.self).decodeIfPresent(String.self, forKey: .use)
                key = use == nil || use == "sig" ? try? JWK(from: decoder) : nil
            }
        }
        do {
            keys = try JSONDecoder().decode(JSON.self, from: Data(bytes)).keys.compactMap(\.key)
        } catch {
            throw .unreachable("The provider's keys cannot be read.")
        }
    }

    func verify(_ token: String, _ expected: IDToken.Expectation) async throws(OpenIDProblem) -> IDToken {
        let header = try Header(token)
        guard let algorithm = IDTokenAlgorithm(rawValue: header.alg), header.crit == nil else {
            throw .token(.algorithm)
        }
        let fitting = keys.filter { key in
            key.keyType == algorithm.keyType && (key.algorithm ?? algorithm.forKey) == algorithm.forKey
                && (header.kid == nil || key.keyIdentifier?.string == header.kid)
        }
        guard !fitting.isEmpty else { throw .token(.unknownKey) }
        for key in fitting {
            guard let claims = try await Self.claims(of: token, signedBy: key, algorithm) else { continue }
            return try claims.check(expected)
        }
        throw .token(.signature)
    }

    /// The key decides how the signature is checked, not the token. nil where the signature is not that key's.
    private static func claims(
        of token: String,
        signedBy key: JWK,
        _ algorithm: IDTokenAlgorithm
    ) async throws(OpenIDProblem) -> IDTokenClaims? {
        var key = key
        key.algorithm = algorithm.forKey
        key.keyIdentifier = "only"
        key.privateExponent = nil
        let collection = JWTKeyCollection()
        do {
            // No other key is in there: whatever the token names, this one is taken.
            try await collection.add(jwk: key)
            return try await collection.verify(token, as: IDTokenClaims.self)
        } catch let error as JWTError where error.errorType == .malformedToken {
            throw .token(.malformed)
        } catch {
            return nil
        }
    }

    /// The first part of a token, which nobody has vouched for yet.
    private struct Header: Decodable {
        let alg: String
        let kid: String?
        let crit: [String]?

        init(_ token: String) throws(OpenIDProblem) {
            let parts = token.split(separator: ".", omittingEmptySubsequences: false)
            let base64 = String(parts.first ?? "").replacing("-", with: "+").replacing("_", with: "/")
            let padding = String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
            guard parts.count == 3, let data = Data(base64Encoded: base64 + padding),
                let header = try? JSONDecoder().decode(Header.self, from: data)
            else { throw .token(.malformed) }
            self = header
        }
    }
}
