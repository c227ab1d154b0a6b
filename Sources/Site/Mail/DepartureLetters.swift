import Core
import Web

/// Letters about leaving.
extension Letters {
    func departureAsked(_ letter: Letter) -> LetterContent {
        let date = letter.moment.map { Language.current.date(milliseconds: $0.milliseconds) } ?? ""
        return LetterContent(
            letter,
            subject: t("Your account is about to be deleted"),
            opening: t(
                "Somebody asked to delete your account at \(letter.brand). On \(date) it is erased with everything in it."
            ),
            action: (t("Keep my account"), address(Links.login(next: Links.leaving))),
            closing: t(
                "If it was not you, log in, keep it, and choose a new password: \(address(Links.forgotPassword))"
            )
        )
    }
}
