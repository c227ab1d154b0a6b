import Persistence

/// What an account has besides its password.
package struct SecondFactor: Sendable, Hashable {
    /// Since when the app is asked for; nil while it is not.
    package let since: Timestamp?
    /// Recovery codes that were not used yet.
    package let recoveryCodes: Int

    package init(since: Timestamp?, recoveryCodes: Int) {
        self.since = since
        self.recoveryCodes = recoveryCodes
    }

    package var isOn: Bool { since != nil }

    /// What the app is told when it is set up.
    package struct Enrolment: Sendable, Hashable {
        /// The key in base32, for those who type it.
        package let key: String
        /// `otpauth://totp/…`, which is what the QR code says.
        package let address: String
        /// The QR code's modules, row by row; true is dark.
        package let picture: [[Bool]]

        package init(key: String, address: String, picture: [[Bool]]) {
            self.key = key
            self.address = address
            self.picture = picture
        }
    }

    /// How somebody showed that they have it.
    package enum Proof: String, Sendable, Hashable {
        case app
        case recoveryCode = "recovery_code"
    }
}

/// How a second step ended. All are returned and none is thrown: a throw would undo the counting and the audit entry.
package enum SecondStepResult: Sendable, Hashable {
    /// The device's secret belongs into its `known_device` cookie.
    case signedIn(Account, device: String)
    case refused
    case lockedOut(until: Timestamp)
    /// The half-finished sign-in is too old, was used, or never was: back to the password.
    case gone
}
