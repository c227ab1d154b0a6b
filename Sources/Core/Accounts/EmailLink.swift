import Persistence

/// A link that is sent by mail: whoever opens it reads that address.
package enum EmailLink {
    package enum Purpose: String, Sendable, Hashable, CaseIterable, SQLConvertible {
        /// Proves that the address is right.
        case verify
        /// Sets a new password.
        case reset

        /// How long after the mail it can be used.
        package var lifetime: Duration {
            switch self {
            case .verify: .hours(24)
            case .reset: .hours(1)
            }
        }

        var letter: Letter.Kind {
            switch self {
            case .verify: .verifyEmail
            case .reset: .resetPassword
            }
        }
    }
}

/// What goes with sending mails: whether there is a way to send any, and what an account may not do before its address is
/// proven.
package struct EmailPolicy: Sendable, Hashable {
    package let sendsMail: Bool
    package let withheld: Set<Permission>

    package init(sendsMail: Bool, withheld: Set<Permission>) {
        self.sendsMail = sendsMail
        self.withheld = withheld
    }

    package static let none = EmailPolicy(sendsMail: false, withheld: [])

    /// What an account of a type may do, as far as its address is proven.
    func type(_ type: UserType, of account: Account) -> UserType {
        account.isEmailVerified ? type : type.withholding(withheld)
    }
}
