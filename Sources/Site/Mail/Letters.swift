package import Core
import Web

/// Writes the mails, in the language that the reader had when they asked for them.
package struct Letters: LetterWriter {
    private let baseURL: String
    private let languages: Languages

    /// - Parameter baseURL: what the links begin with. It is set by whoever runs the site and never taken from a request, where a
    ///   stranger could name a host of their own.
    package init(baseURL: String) throws {
        self.baseURL = baseURL
        languages = try Site.languages
    }

    package func write(_ letter: Letter) -> WrittenLetter {
        Language.$current.withValue(languages.named(letter.language) ?? .english) {
            let content = content(of: letter)
            return WrittenLetter(
                subject: content.subject,
                text: content.text,
                html: String(decoding: content.document.bytes, as: UTF8.self)
            )
        }
    }

    private func content(of letter: Letter) -> LetterContent {
        switch letter.kind {
        case .verifyEmail: verification(letter)
        case .resetPassword: reset(letter)
        case .passwordChanged: passwordChanged(letter)
        case .secondFactorOn: secondFactorOn(letter)
        case .secondFactorOff: secondFactorOff(letter)
        case .passkeyAdded: passkeyAdded(letter)
        case .passkeyRemoved: passkeyRemoved(letter)
        case .newDevice: newDevice(letter)
        case .confirmAddress: addressConfirmation(letter)
        case .addressTaken: addressTaken(letter)
        case .addressAsked: addressAsked(letter)
        case .addressChanged: addressChanged(letter)
        case .addressSet: addressSet(letter)
        case .confirmSignUp: signUpConfirmation(letter)
        case .signUpKnown: signUpKnown(letter)
        case .departureAsked: departureAsked(letter)
        case .notification: notification(letter)
        case .exportReady: exportReady(letter)
        }
    }

    private func verification(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("Confirm your e-mail address"),
            opening: t(
                "Somebody made an account at \(letter.brand) with this address. Was it you? Then confirm that it is yours:"
            ),
            action: (t("Confirm this address"), address(Links.verifyEmail(token: letter.token))),
            closing: t(
                "The link works once, for 24 hours. If it was not you, do nothing: the address stays unconfirmed."
            )
        )
    }

    private func reset(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("Choose a new password"),
            opening: t(
                "Somebody asked for a new password for your account at \(letter.brand). Was it you? Then choose one:"
            ),
            action: (t("Choose a new password"), address(Links.resetPassword(token: letter.token))),
            closing: t(
                "The link works once, for one hour. If it was not you, do nothing: your password stays as it is."
            )
        )
    }

    private func passwordChanged(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("Your password was changed"),
            opening: t(
                "The password of your account at \(letter.brand) was changed, and every other browser was logged out."
            ),
            action: nil,
            closing: t("If it was not you, choose a new password at once: \(address(Links.forgotPassword))")
        )
    }

    private func secondFactorOn(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("Two-step sign-in is on"),
            opening: t(
                "From now on your account at \(letter.brand) asks for a code of your authenticator app besides the password."
            ),
            action: nil,
            closing: t("If it was not you, choose a new password at once: \(address(Links.forgotPassword))")
        )
    }

    private func secondFactorOff(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("Two-step sign-in is off"),
            opening: t("From now on the password alone is enough for your account at \(letter.brand)."),
            action: nil,
            closing: t("If it was not you, choose a new password at once: \(address(Links.forgotPassword))")
        )
    }

    private func passkeyAdded(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("A passkey was added"),
            opening: t("From now on a new passkey opens your account at \(letter.brand)."),
            action: nil,
            closing: t("If it was not you, choose a new password at once: \(address(Links.forgotPassword))")
        )
    }

    private func passkeyRemoved(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("A passkey was removed"),
            opening: t("One of the passkeys of your account at \(letter.brand) opens it no more."),
            action: nil,
            closing: t("If it was not you, choose a new password at once: \(address(Links.forgotPassword))")
        )
    }

    private func newDevice(_ letter: Letter) -> LetterContent {
        let browser = BrowserName(userAgent: letter.device?.userAgent ?? "").text
        return LetterContent(
            letter,
            subject: t("Your account was used on a new device"),
            opening: t(
                "Somebody logged in to your account at \(letter.brand): \(browser), address \(letter.device?.address ?? "")."
            ),
            action: nil,
            closing: t(
                "If it was you, all is well. If not, choose a new password at once: \(address(Links.forgotPassword))"
            )
        )
    }

    private func notification(_ letter: Letter) -> LetterContent {
        let words = letter.event.map(NotificationWords.init)
        return LetterContent(
            letter,
            subject: words?.title ?? t("Notifications"),
            opening: words.map { "\($0.title). \($0.text)" } ?? t("There is something new for you at \(letter.brand)."),
            action: (t("Look at it"), address(words?.link ?? Links.notifications())),
            closing: t("Of what you get mails is chosen in your profile: \(address(Links.notificationChoices))")
        )
    }

    func address(_ link: Link) -> String { baseURL + link.url }
}
