import Integrations

extension Failure.FieldProblem {
    static let providerName = Failure.FieldProblem("name", "A name has 1 to 60 characters.")
    static let providerIssuer = Failure.FieldProblem(
        "issuer",
        "Type the issuer's address like https://accounts.example.com."
    )
    static let providerClientID = Failure.FieldProblem("client_id", "Type the client ID that the provider gave you.")
    static let providerSecret = Failure.FieldProblem("client_secret", "This is no secret that a provider gives.")
    static let providerScopes = Failure.FieldProblem("scopes", "Scopes are words with spaces between them.")
}

extension Failure {
    static let tooManyProviders = Failure(
        .conflict,
        "too_many_providers",
        "There are as many providers as there may be. Remove one first."
    )

    /// It would leave nothing to log in with.
    package static let lastWayIn = Failure(
        .conflict,
        "last_way_in",
        "This is your only way to log in. Set a password or add a passkey first."
    )
}

/// Why somebody who came back from a provider was not let in, as the person hears of it.
extension Failure {
    /// The state or the cookie is unknown, was used, or is too old.
    package static let attemptGone = Failure(
        .gone,
        "provider_attempt_gone",
        "This attempt to log in took too long, or was made in another browser. Start again."
    )
    /// The person, or the provider, said no.
    package static let providerDenied = Failure(
        .invalid,
        "provider_denied",
        "You did not allow it at the provider, so you are not logged in. Try again, or log in another way."
    )
    package static let providerUnreachable = Failure(
        .unavailable,
        "provider_unreachable",
        "The provider does not answer as it should just now. Try again shortly, or log in another way.",
        retryAfter: .seconds(30)
    )
    /// A token that is not believed: nobody's fault that the person could mend.
    package static let providerNotBelieved = Failure(
        .invalid,
        "provider_not_believed",
        "What the provider said could not be verified, so you are not logged in. Tell the people who run this site."
    )
    /// The provider does not vouch for the address.
    package static let providerAddressUnverified = Failure(
        .invalid,
        "provider_address_unverified",
        "The provider has not verified your e-mail address. Verify it there, or log in another way."
    )
    /// There is an account with that address, and nobody has proved that its owner reads it.
    package static let ownAddressUnverified = Failure(
        .invalid,
        "own_address_unverified",
        "There is an account with this e-mail address that is not verified yet. Log in with your password, and link the provider under Security."
    )
    package static let providerOpensNoAccounts = Failure(
        .invalid,
        "provider_opens_no_accounts",
        "You have no account here yet. Sign up first, or ask the people who run this site."
    )
    /// The account may not sign in, which is told to nobody in more words.
    package static let providerAccountClosed = Failure(
        .invalid,
        "provider_account_closed",
        "You cannot log in with this account. Ask the people who run this site."
    )
    /// Somebody else's account has it already.
    package static let identityTaken = Failure(
        .conflict,
        "identity_taken",
        "This login belongs to an account already. Remove it there first."
    )
}

extension OpenIDProblem {
    /// What the person who wanted to sign in hears.
    var failure: Failure {
        switch self {
        case .unreachable, .discovery: .providerUnreachable
        // A code that was used or expired on the way; the next one is better.
        case .codeRefused: .attemptGone
        case .token: .providerNotBelieved
        }
    }
}
