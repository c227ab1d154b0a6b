/// Somebody who comes back from a provider, as the address and the browser have it.
package struct ProviderReturn: Sendable {
    /// The provider's public id.
    package let provider: String
    package let state: String
    package let code: String
    /// Why there is no code (RFC 6749 §4.1.2.1).
    package let error: String
    /// Who says so (RFC 9207); empty where the provider does not tell.
    package let issuer: String
    /// From the cookie that `begin` was answered with.
    package let browser: String?
    /// From the `known_device` cookie.
    package let device: String?
    /// BCP 47.
    package let language: String
    /// What whoever gets a new account agrees to.
    package let policies: PolicyVersions

    package init(
        provider: String,
        state: String,
        code: String,
        error: String = "",
        issuer: String = "",
        browser: String?,
        device: String? = nil,
        language: String = "en",
        policies: PolicyVersions
    ) {
        self.provider = provider
        self.state = state
        self.code = code
        self.error = error
        self.issuer = issuer
        self.browser = browser
        self.device = device
        self.language = language
        self.policies = policies
    }
}

/// How it ended; who is not let in gets a `Failure`.
package enum ProviderSignInResult: Sendable, Hashable {
    /// The device's secret belongs into its `known_device` cookie.
    case signedIn(Account, device: String, next: String?)
    /// The second factor is asked for next, as after a right password.
    case secondStep(token: String, next: String?)
    case linked(provider: String)
}

/// Why somebody was not let in: what they hear of it, and what the audit trail does.
struct ProviderRefusal: Error, Sendable {
    let failure: Failure
    let problem: String
    let account: ID<Account>?

    init(_ failure: Failure, _ problem: String, about account: ID<Account>? = nil) {
        self.failure = failure
        self.problem = problem
        self.account = account
    }
}

extension ProviderReturn {
    /// Throws what the provider's error means (RFC 6749 §4.1.2.1, OpenID Connect Core 1.0 §3.1.2.6).
    func checkAnswer(of provider: SignInProvider) throws(ProviderRefusal) {
        if !issuer.isEmpty, issuer != provider.issuer { throw ProviderRefusal(.providerNotBelieved, "issuer_mismatch") }
        guard !error.isEmpty else {
            guard !code.isEmpty else { throw ProviderRefusal(.attemptGone, "no_code") }
            return
        }
        let problem = "answer.\(error.prefix(60))"
        switch error {
        case "access_denied", "login_required", "consent_required", "interaction_required":
            throw ProviderRefusal(.providerDenied, problem)
        case _:
            throw ProviderRefusal(.providerUnreachable, problem)
        }
    }
}
