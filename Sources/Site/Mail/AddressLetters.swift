import Core
import Web

/// Letters about addresses, and about accounts that are yet to be made.
extension Letters {
    func addressConfirmation(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("Confirm your new address"),
            opening: t(
                "Somebody wants to use this address for their account at \(letter.brand). Was it you? Then confirm it:"
            ),
            action: (t("Use this address"), address(Links.confirmEmail(token: letter.token))),
            closing: t("The link works once, for 24 hours. If it was not you, do nothing: nothing changes.")
        )
    }

    func addressTaken(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("Somebody wanted your address"),
            opening: t(
                "Somebody wanted to use this address for another account at \(letter.brand). It is yours already, so nothing happened, and they were told nothing."
            ),
            action: nil,
            closing: t(
                "Was it you, and do you not get into this account? Choose a new password: \(address(Links.forgotPassword))"
            )
        )
    }

    func addressAsked(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("Your address is about to change"),
            opening: t(
                "Somebody asked to change the address of your account at \(letter.brand) to \(letter.address ?? ""). If it was not you, stop it:"
            ),
            action: (t("It was not me"), address(Links.keepEmail(token: letter.token))),
            closing: t("If it was you, open the link in the mail to the new address. Until then nothing changes.")
        )
    }

    func addressChanged(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("Your address was changed"),
            opening: t(
                "Your account at \(letter.brand) has the address \(letter.address ?? "") now. If it was not you, take it back:"
            ),
            action: (t("It was not me"), address(Links.keepEmail(token: letter.token))),
            closing: t("The link works once, for 7 days. If it was you, all is well.")
        )
    }

    func addressSet(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("Your address was changed"),
            opening: t(
                "Those who run \(letter.brand) gave your account the address \(letter.address ?? ""), which has to be confirmed by the link in a mail to it."
            ),
            action: nil,
            closing: t(
                "From now on you log in with it: \(address(Links.login())). If you did not want that, tell those who run the site."
            )
        )
    }

    func signUpConfirmation(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("Finish your account"),
            opening: t(
                "Somebody signed up at \(letter.brand) with this address. Was it you? Then finish your account:"
            ),
            action: (t("Finish your account"), address(Links.completeSignUp(token: letter.token))),
            closing: t("The link works once, for 24 hours. If it was not you, do nothing: there will be no account.")
        )
    }

    func signUpKnown(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("You have an account already"),
            opening: t(
                "Somebody signed up at \(letter.brand) with this address. You have an account here, so nothing happened, and they were told nothing."
            ),
            action: nil,
            closing: t(
                "Was it you, and did you forget your password? Choose a new one: \(address(Links.forgotPassword))"
            )
        )
    }
}
