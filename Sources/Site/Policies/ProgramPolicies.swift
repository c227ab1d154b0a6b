import Core
import Web

/// What stands there until somebody publishes a text of their own: it says what the program does, and no more.
extension PolicyKind {
    var textOfTheProgram: String {
        switch self {
        case .privacy: Self.privacyText
        case .terms: Self.termsText
        }
    }

    private static var privacyText: String {
        """
        \(t("The people who run this platform have not published a text of their own yet. This one says what the program stores. Who runs the platform, where it stands and on what grounds it does so, only they can tell you."))

        # \(t("What is stored"))

        - \(t("Your account: username, name, e-mail address, language, and your password as a hash from which nobody reads it."))
        - \(t("What you upload: the files with their names and everything in them, such as the place where a photo was taken, and what is made of them."))
        - \(t("Where you are signed in: network address, browser and time, until the session ends."))
        - \(t("A log of what was done: signing in, changes of accounts and items, with network address and time."))
        - \(t("Which mails were sent to you, for 30 days."))

        # \(t("Who sees it"))

        \(t("Private items are seen by you and by those who manage your account. Unlisted items are seen by whoever has the address, public items by everybody. Administrators see all accounts and all items."))

        # \(t("Cookies"))

        \(t("The cookies keep you signed in, recognize a browser that you signed in with before, protect forms, and carry short notices from one page to the next. Pages load nothing from other companies, and nobody follows you around."))

        # \(t("How long"))

        \(t("Deleted items can be restored for 30 days and are then removed. For everything else, ask the people who run the platform: they can change and remove your data."))
        """
    }

    private static var termsText: String {
        """
        \(t("The people who run this platform have not published a text of their own yet. Until they do, these few rules are what you agree to."))

        # \(t("What is yours"))

        - \(t("What you upload stays yours. The platform stores it, converts it, and shows it to those whom you choose."))
        - \(t("Upload only what you may: your own work, or what others allowed you to use."))
        - \(t("Keep your password to yourself. What is done with your account counts as done by you."))

        # \(t("What is not allowed"))

        - \(t("What breaks the law, harms others or shows them against their will."))
        - \(t("Breaking in, getting around limits, or getting in the way of others."))

        # \(t("What you can count on"))

        \(t("There is no promise that the platform is always there or that nothing is ever lost: keep a copy of what matters to you. Those who run it may remove items and suspend accounts that break these rules."))
        """
    }
}
