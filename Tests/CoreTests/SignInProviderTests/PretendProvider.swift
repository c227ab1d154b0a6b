import Crypto
import CryptoExtras
import Foundation
import Integrations
import Synchronization

@testable import Core

/// A key of a provider's: what it signs, and how the world hears of it.
struct ProviderKey: Sendable {
    enum Material: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    let id: String
    let material: Material

    var algorithm: String {
        switch material {
        case .rsa: "RS256"
        case .p256: "ES256"
        case .ed25519: "EdDSA"
        }
    }

    func sign(_ text: String) throws -> [UInt8] {
        let data = Data(text.utf8)
        switch material {
        case .rsa(let key):
            return Array(try key.signature(for: SHA256.hash(data: data), padding: .insecurePKCS1v1_5).rawRepresentation)
        case .p256(let key): return Array(try key.signature(for: data).rawRepresentation)
        case .ed25519(let key): return Array(try key.signature(for: data))
        }
    }

    var jwk: String {
        get throws {
            let more: String
            switch material {
            case .rsa(let key):
                let numbers = try key.publicKey.getKeyPrimitives()
                let (n, e) = (Self.text(numbers.modulus), Self.text(numbers.publicExponent))
                more = #""kty":"RSA","n":"\#(n)","e":"\#(e)""#
            case .p256(let key):
                let point = key.publicKey.rawRepresentation
                let (x, y) = (Self.text(point.prefix(32)), Self.text(point.suffix(32)))
                more = #""kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(y)""#
            case .ed25519(let key):
                more = #""kty":"OKP","crv":"Ed25519","x":"\#(Self.text(key.publicKey.rawRepresentation))""#
            }
            return #"{"kid":"\#(id)","use":"sig",\#(more)}"#
        }
    }

    private static func text(_ data: Data) -> String { Base64URL.encode(Array(data)) }
}

/// A provider that is none: it answers what a test tells it to, and remembers what it was asked.
final class PretendProvider: HTTPCaller {
    struct State {
        var key: ProviderKey
        /// Those that the world is told of.
        var known: [ProviderKey]
        var claims: [String: String] = [:]
        var header: [String: String] = [:]
        /// Takes the place of the signature.
        var signature: (@Sendable (String) throws -> [UInt8])?
        var isDown = false
        var issuer = PretendProvider.issuer
        var calls: [String] = []
        var form: [HTTPCall.Field] = []
        var authorization: String?
        var refusal: String?
    }

    static let issuer = "https://accounts.example.net"
    private let state: Mutex<State>

    init(_ key: ProviderKey) {
        state = Mutex(State(key: key, known: [key]))
    }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }
    func looked<T: Sendable>(_ body: (State) -> T) -> T { state.withLock { body($0) } }

    func call(_ call: HTTPCall) async throws -> HTTPAnswer {
        try state.withLock { state in
            state.calls.append(String(call.url.text.dropFirst(Self.issuer.count)))
            guard !state.isDown else { throw HTTPProblem(words: "Connection refused") }
            switch state.calls.last {
            case "/.well-known/openid-configuration": return Self.json(document(state.issuer))
            case "/keys":
                let keys = try state.known.map { try $0.jwk } + [#"{"kty":"new","kid":"of another time"}"#]
                return Self.json(#"{"keys":[\#(keys.joined(separator: ","))]}"#)
            case "/token":
                if case .form(let fields) = call.body { state.form = fields }
                state.authorization = call.headers.first { $0.name == "Authorization" }?.value
                if let refusal = state.refusal { return Self.json(#"{"error":"\#(refusal)"}"#, status: 400) }
                return Self.json(#"{"access_token":"x","token_type":"Bearer","id_token":"\#(try token(state))"}"#)
            case _: return HTTPAnswer(status: 404, body: [])
            }
        }
    }

    private func document(_ issuer: String) -> String {
        #"""
        {"issuer":"\#(issuer)","authorization_endpoint":"\#(Self.issuer)/authorize",
        "token_endpoint":"\#(Self.issuer)/token","jwks_uri":"\#(Self.issuer)/keys",
        "response_types_supported":["code"],"id_token_signing_alg_values_supported":["RS256","ES256","EdDSA"]}
        """#
    }

    /// Claims and header are JSON values as they stand: `"x"` with its quotes.
    private func token(_ state: State) throws -> String {
        let header = ["alg": #""\#(state.key.algorithm)""#, "kid": #""\#(state.key.id)""#]
            .merging(state.header) { $1 }
        let text = [header, state.claims].map { Base64URL.encode(Array(Self.object($0).utf8)) }.joined(separator: ".")
        let signature = try state.signature.map { try $0(text) } ?? state.key.sign(text)
        return text + "." + Base64URL.encode(signature)
    }

    private static func object(_ members: [String: String]) -> String {
        "{" + members.filter { !$0.value.isEmpty }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    private static func json(_ text: String, status: Int = 200) -> HTTPAnswer {
        HTTPAnswer(status: status, body: Array(text.utf8))
    }
}
