/// A try to sign in, as it came.
package struct SignIn: Sendable, Hashable {
    package let email: String
    package let password: String
    /// Where the try comes from, as far as that can be told: the network address (for IPv6 its /64).
    package let client: String
    /// The secret from the browser's `known_device` cookie, if it sent one.
    package let device: String?
    /// BCP 47: in which language the person reads a mail about it.
    package let language: String

    package init(email: String, password: String, client: String, device: String?, language: String = "en") {
        self.email = email
        self.password = password
        self.client = client
        self.device = device
        self.language = language
    }
}

/// How a try ended. All are returned and none is thrown: a throw would undo the counting and the audit entry.
package enum SignInResult: Sendable, Hashable {
    /// The device's secret belongs into its `known_device` cookie, so that strangers' wrong tries cannot lock it out.
    case signedIn(Account, device: String)
    /// The password was right, and the second factor is asked for next: whoever has this token may show it. It opens
    /// nothing else.
    case secondStep(token: String)
    /// No such account, a wrong password, or an account that may not sign in: the answer is the same.
    case refused
    /// Too many wrong tries.
    case lockedOut(until: Timestamp)
}
