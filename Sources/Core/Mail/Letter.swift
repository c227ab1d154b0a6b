import Persistence

/// What a mail has to say: everything that whoever writes it needs to know.
package struct Letter: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, SQLConvertible {
        case verifyEmail = "verify_email"
        case resetPassword = "reset_password"
        case passwordChanged = "password_changed"
        case secondFactorOn = "second_factor_on"
        case secondFactorOff = "second_factor_off"
        case passkeyAdded = "passkey_added"
        case passkeyRemoved = "passkey_removed"
        /// Somebody signed in from a browser that the account did not know.
        case newDevice = "new_device"

        /// What the link in it opens; nil where there is none.
        var link: EmailLink.Purpose? {
            switch self {
            case .verifyEmail: .verify
            case .resetPassword: .reset
            case .passwordChanged, .secondFactorOn, .secondFactorOff, .passkeyAdded, .passkeyRemoved, .newDevice: nil
            }
        }
    }

    package let kind: Kind
    /// What the reader is called.
    package let username: String
    /// The name of the platform that the reader knows.
    package let brand: String
    /// BCP 47.
    package let language: String
    /// What the link carries; nil where the letter has none.
    package let token: String?
    /// The device that the letter is about; nil where it is about none.
    package let device: LetterDevice?

    package init(
        kind: Kind,
        username: String,
        brand: String,
        language: String,
        token: String?,
        device: LetterDevice? = nil
    ) {
        self.kind = kind
        self.username = username
        self.brand = brand
        self.language = language
        self.token = token
        self.device = device
    }
}

/// A device, as far as a request tells.
package struct LetterDevice: Sendable, Hashable {
    /// On the network.
    package let address: String
    package let userAgent: String

    package init(address: String, userAgent: String) {
        self.address = address
        self.userAgent = userAgent
    }
}

/// A letter in words.
package struct WrittenLetter: Sendable, Hashable {
    package let subject: String
    package let text: String
    package let html: String

    package init(subject: String, text: String, html: String) {
        self.subject = subject
        self.text = text
        self.html = html
    }
}

/// Puts letters into words, in the reader's language and with addresses that lead to the site.
package protocol LetterWriter: Sendable {
    func write(_ letter: Letter) -> WrittenLetter
}
