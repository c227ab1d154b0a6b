import Core
import Web

extension Letters {
    func exportReady(_ letter: Letter) -> LetterContent {
        LetterContent(
            letter,
            subject: t("Your data are ready"),
            opening: t("The copy of your data that you asked for at \(letter.brand) is ready. Fetch it within 7 days:"),
            action: (t("Download your data"), address(Links.login(next: Links.exports))),
            closing: t("If you did not ask for it, choose a new password at once: \(address(Links.forgotPassword))")
        )
    }
}
