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
        /// To an address that somebody wants for their account.
        case confirmAddress = "confirm_address"
        /// In place of the one above, to whoever has that address already.
        case addressTaken = "address_taken"
        /// To the old address: a change was asked for, and it was made.
        case addressAsked = "address_asked"
        case addressChanged = "address_changed"
        /// To the old address, when those who run the platform changed it.
        case addressSet = "address_set"
        /// To somebody who wants an account, and in place of it to whoever has one with that address.
        case confirmSignUp = "confirm_sign_up"
        case signUpKnown = "sign_up_known"
        /// Somebody asked for their account to be deleted.
        case departureAsked = "departure_asked"
        /// What stands in the reader's list of notifications, too.
        case notification
        /// The copy of somebody's data can be fetched.
        case exportReady = "export_ready"

        /// Whether there is a link in it that opens something.
        package var hasLink: Bool {
            switch self {
            case .verifyEmail, .resetPassword, .confirmAddress, .addressAsked, .addressChanged, .confirmSignUp: true
            case .passwordChanged, .secondFactorOn, .secondFactorOff, .passkeyAdded, .passkeyRemoved, .newDevice,
                .addressTaken, .addressSet, .signUpKnown, .departureAsked, .notification, .exportReady:
                false
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
    /// The address that the letter is about; nil where it is about none.
    package let address: String?
    /// When what the letter is about happens; nil where it says nothing of that.
    package let moment: Timestamp?
    /// What a letter of the kind `notification` tells of.
    package let event: NotificationEvent?

    package init(
        kind: Kind,
        username: String,
        brand: String,
        language: String,
        token: String?,
        device: LetterDevice? = nil,
        address: String? = nil,
        moment: Timestamp? = nil,
        event: NotificationEvent? = nil
    ) {
        self.kind = kind
        self.username = username
        self.brand = brand
        self.language = language
        self.token = token
        self.device = device
        self.address = address
        self.moment = moment
        self.event = event
    }
}

/// What a mail is about, and who gets it where that is not simply the account's address.
struct LetterSubject: Sendable {
    var recipient: String?
    var device: LetterDevice?
    var change: ID<AddressChange>?
    var notification: ID<NotificationEntry>?
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
