import Web

/// The cookies that the site sets.
struct SiteCookies: Sendable {
    let session: CookieName
    /// Proves that somebody signed in from this browser before, so that strangers' wrong tries cannot lock it out.
    let device: CookieName
    /// Who is half signed in: the password was right, the second factor is asked for.
    let secondStep: CookieName
    /// The own session of somebody who acts for another just now.
    let ownSession: CookieName

    /// Who is on the way to a provider and back.
    let providerAttempt: CookieName

    init(isSecure: Bool) {
        session = CookieName("session", isSecure: isSecure)
        device = CookieName("known_device", isSecure: isSecure)
        ownSession = CookieName("own_session", isSecure: isSecure)
        providerAttempt = CookieName("provider_attempt", isSecure: isSecure)
        secondStep = CookieName("second_step", isSecure: isSecure)
    }
}
