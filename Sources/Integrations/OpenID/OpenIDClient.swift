import Foundation
import NIOConcurrencyHelpers

/// Talks with OpenID Connect providers. What they say of themselves, and their keys, are kept for an hour; a token that names
/// a key which is not among them has the keys fetched once more, at most once a minute.
package struct OpenIDClient: Sendable {
    private let http: any HTTPCaller
    private let documents = NIOLockedValueBox<[HTTPAddress: Kept<DiscoveryDocument>]>([:])
    private let keys = NIOLockedValueBox<[HTTPAddress: Kept<IDTokenKeys>]>([:])

    private struct Kept<Value: Sendable>: Sendable {
        let value: Value
        /// In seconds since 1970.
        let since: Int64
    }

    private static let keptFor: Int64 = 3600
    private static let keysNotBefore: Int64 = 60

    package init(http: any HTTPCaller = CurlCaller()) {
        self.http = http
    }

    /// What the provider says of itself. Throws `OpenIDProblem`.
    /// - Parameter now: in seconds since 1970.
    package func discover(_ issuer: HTTPAddress, fresh: Bool = false, now: Int64) async throws -> DiscoveryDocument {
        if !fresh, let kept = documents.withLockedValue({ $0[issuer] }), now - kept.since < Self.keptFor {
            return kept.value
        }
        let base = issuer.text.hasSuffix("/") ? String(issuer.text.dropLast()) : issuer.text
        guard let url = HTTPAddress(base + "/.well-known/openid-configuration") else {
            throw OpenIDProblem.discovery(.badAddress)
        }
        let document = try DiscoveryDocument(try await get(url), issuer: issuer)
        documents.withLockedValue { $0[issuer] = Kept(value: document, since: now) }
        return document
    }

    /// Discovery document and keys, as fresh as they are: what "try it" looks at. Throws `OpenIDProblem`.
    package func check(_ issuer: HTTPAddress, now: Int64) async throws {
        let document = try await discover(issuer, fresh: true, now: now)
        _ = try await fetchKeys(document.keys, now: now)
    }

    /// Where the browser goes to sign in there (RFC 6749 §4.1.1, RFC 7636).
    /// - Parameter challenge: the verifier's SHA-256 in base64url.
    package func authorization(
        at provider: OpenIDProvider,
        redirect: String,
        state: String,
        nonce: String,
        challenge: String,
        now: Int64
    ) async throws -> String {
        let document = try await discover(provider.issuer, now: now)
        return document.authorizationEndpoint.adding([
            .init("response_type", "code"), .init("client_id", provider.clientID), .init("redirect_uri", redirect),
            .init("scope", (["openid"] + provider.scopes).joined(separator: " ")), .init("state", state),
            .init("nonce", nonce), .init("code_challenge", challenge), .init("code_challenge_method", "S256"),
        ])
    }

    /// Changes the code for what it stands for. Throws `OpenIDProblem`.
    package func redeem(
        _ code: String,
        at provider: OpenIDProvider,
        redirect: String,
        verifier: String,
        nonce: String,
        now: Int64
    ) async throws -> IDToken {
        let document = try await discover(provider.issuer, now: now)
        let token = try await fetchToken(code, at: provider, document, redirect: redirect, verifier: verifier)
        let expected = IDToken.Expectation(
            issuer: provider.issuer.text,
            clientID: provider.clientID,
            nonce: nonce,
            now: now
        )
        let kept = keys.withLockedValue { $0[document.keys] }
        guard let kept, now - kept.since < Self.keptFor else {
            return try await fetchKeys(document.keys, now: now).verify(token, expected)
        }
        do throws(OpenIDProblem) {
            return try await kept.value.verify(token, expected)
        } catch {
            guard error == .token(.unknownKey), now - kept.since >= Self.keysNotBefore else { throw error }
        }
        return try await fetchKeys(document.keys, now: now).verify(token, expected)
    }

    private func fetchKeys(_ url: HTTPAddress, now: Int64) async throws -> IDTokenKeys {
        let fresh = try IDTokenKeys(try await get(url))
        keys.withLockedValue { $0[url] = Kept(value: fresh, since: now) }
        return fresh
    }

    private func fetchToken(
        _ code: String,
        at provider: OpenIDProvider,
        _ document: DiscoveryDocument,
        redirect: String,
        verifier: String
    ) async throws -> String {
        var fields: [HTTPCall.Field] = [
            .init("grant_type", "authorization_code"), .init("code", code), .init("redirect_uri", redirect),
            .init("code_verifier", verifier),
        ]
        var headers: [HTTPCall.Field] = []
        if let secret = provider.clientSecret, document.takesBasic {
            // RFC 6749 §2.3.1: both are encoded as in a form before they are joined.
            let pair = FormEncoding.encode(provider.clientID) + ":" + FormEncoding.encode(secret)
            headers.append(.init("Authorization", "Basic " + Data(pair.utf8).base64EncodedString()))
        } else {
            fields.append(.init("client_id", provider.clientID))
            if let secret = provider.clientSecret { fields.append(.init("client_secret", secret)) }
        }
        let answer = try await send(HTTPCall(document.tokenEndpoint, body: .form(fields), headers: headers))
        struct Token: Decodable {
            let id_token: String
        }
        struct Refusal: Decodable {
            let error: String
        }
        let body = Data(answer.body)
        guard answer.status == 200 else {
            guard let refusal = try? JSONDecoder().decode(Refusal.self, from: body) else {
                throw OpenIDProblem.unreachable("The provider answered with status \(answer.status).")
            }
            throw OpenIDProblem.codeRefused(String(refusal.error.prefix(60)))
        }
        guard let token = try? JSONDecoder().decode(Token.self, from: body) else {
            throw OpenIDProblem.token(.malformed)
        }
        return token.id_token
    }

    private func get(_ url: HTTPAddress) async throws -> [UInt8] {
        let answer = try await send(HTTPCall(url))
        guard answer.status == 200 else {
            throw OpenIDProblem.unreachable("The provider answered with status \(answer.status).")
        }
        return answer.body
    }

    private func send(_ call: HTTPCall) async throws -> HTTPAnswer {
        do {
            return try await http.call(call)
        } catch let problem as HTTPProblem {
            throw OpenIDProblem.unreachable(problem.words)
        }
    }
}
