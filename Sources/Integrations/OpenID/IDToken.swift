import JWTKit

/// What a provider said of somebody, once its signature was found right (OpenID Connect Core 1.0 §2).
package struct IDToken: Sendable, Hashable {
    /// Who it is, at this issuer, for ever.
    package let subject: String
    package let email: String?
    /// Whether the provider says that the person reads that address.
    package let isEmailVerified: Bool
    package let username: String?
    package let name: String?

    package init(subject: String, email: String?, isEmailVerified: Bool, username: String?, name: String?) {
        self.subject = subject
        self.email = email
        self.isEmailVerified = isEmailVerified
        self.username = username
        self.name = name
    }

    /// What a token has to say to be meant for us and for this moment.
    struct Expectation: Sendable {
        let issuer: String
        let clientID: String
        let nonce: String
        /// In seconds since 1970.
        let now: Int64

        /// Clocks differ.
        static let leeway: Int64 = 60
        /// A token is made when it is fetched.
        static let oldest: Int64 = 600
    }
}

/// The claims as they stand in the token.
struct IDTokenClaims: JWTPayload {
    let iss: String
    let sub: String
    let aud: Audience
    let azp: String?
    let exp: Double
    let iat: Double
    let nonce: String?
    let email: String?
    let email_verified: Flag?
    let preferred_username: String?
    let name: String?

    /// Checked by `check`, which knows what to expect.
    func verify(using algorithm: some JWTAlgorithm) async throws {}

    /// OpenID Connect Core 1.0 §3.1.3.7.
    func check(_ expected: IDToken.Expectation) throws(OpenIDProblem) -> IDToken {
        let (now, leeway) = (Double(expected.now), Double(IDToken.Expectation.leeway))
        guard iss == expected.issuer else { throw .token(.issuer) }
        guard aud.values.contains(expected.clientID) else { throw .token(.audience) }
        guard azp == nil ? aud.values.count == 1 : azp == expected.clientID else { throw .token(.party) }
        guard exp > now - leeway else { throw .token(.expired) }
        guard iat <= now + leeway, iat >= now - Double(IDToken.Expectation.oldest) else { throw .token(.issuedAt) }
        guard let nonce, nonce == expected.nonce else { throw .token(.nonce) }
        guard (1...255).contains(sub.utf8.count), sub.utf8.allSatisfy({ $0 < 0x80 }) else { throw .token(.subject) }
        return IDToken(
            subject: sub,
            email: email,
            isEmailVerified: email_verified?.isOn ?? false,
            username: preferred_username,
            name: name
        )
    }

    /// One or several.
    struct Audience: Codable, Sendable {
        let values: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let one = try? container.decode(String.self) {
                values = [one]
            } else {
                values = try container.decode([String].self)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(values)
        }
    }

    /// `true`, which a few providers write as a text.
    struct Flag: Codable, Sendable {
        let isOn: Bool

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                isOn = flag
            } else {
                isOn = try container.decode(String.self) == "true"
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(isOn)
        }
    }
}
