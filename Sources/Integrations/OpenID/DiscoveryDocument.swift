import Foundation

/// What a provider says of itself (OpenID Connect Discovery 1.0 §3), as far as it is needed here.
package struct DiscoveryDocument: Sendable, Hashable {
    package let authorizationEndpoint: HTTPAddress
    package let tokenEndpoint: HTTPAddress
    let keys: HTTPAddress
    /// Whether the client's secret is sent as a header; in the form otherwise.
    let takesBasic: Bool

    private struct JSON: Decodable {
        let issuer: String
        let authorization_endpoint: String
        let token_endpoint: String
        let jwks_uri: String
        let response_types_supported: [String]?
        let id_token_signing_alg_values_supported: [String]?
        let token_endpoint_auth_methods_supported: [String]?
    }

    init(_ bytes: [UInt8], issuer: HTTPAddress) throws(OpenIDProblem) {
        let json: JSON
        do { json = try JSONDecoder().decode(JSON.self, from: Data(bytes)) } catch { throw .discovery(.malformed) }
        // Exactly: whoever answers for another issuer could sign people in as that one's.
        guard json.issuer == issuer.text else { throw .discovery(.otherIssuer) }
        guard let authorization = HTTPAddress(json.authorization_endpoint),
            let token = HTTPAddress(json.token_endpoint), let keys = HTTPAddress(json.jwks_uri)
        else { throw .discovery(.badAddress) }
        if let types = json.response_types_supported, !types.contains("code") { throw .discovery(.noCodeFlow) }
        if let algorithms = json.id_token_signing_alg_values_supported,
            !algorithms.contains(where: { IDTokenAlgorithm(rawValue: $0) != nil })
        {
            throw .discovery(.noAlgorithm)
        }
        authorizationEndpoint = authorization
        tokenEndpoint = token
        self.keys = keys
        // Without the list, Basic is what every provider takes (§3).
        takesBasic = json.token_endpoint_auth_methods_supported?.contains("client_secret_basic") ?? true
    }
}
