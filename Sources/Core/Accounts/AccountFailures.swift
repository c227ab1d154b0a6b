extension Failure.FieldProblem: Error {}

extension Failure.FieldProblem {
    static let usernameMissing = Failure.FieldProblem("username", "Choose a username.")
    static let usernameLength = Failure.FieldProblem("username", "A username has 3 to 32 characters.")
    static let usernameCharacters = Failure.FieldProblem(
        "username",
        "A username is made of letters, digits, dots, hyphens and underscores."
    )
    static let usernameEnds = Failure.FieldProblem("username", "A username begins and ends with a letter or a digit.")
    static let usernameTaken = Failure.FieldProblem("username", "This username is taken. Choose another one.")

    static let emailMissing = Failure.FieldProblem("email", "Type your e-mail address.")
    static let emailForm = Failure.FieldProblem(
        "email",
        "This is not an e-mail address. Type it like name@example.com."
    )
    static let emailTaken = Failure.FieldProblem("email", "There is an account with this e-mail address already.")

    static let passwordMissing = Failure.FieldProblem("password", "Choose a password.")
    static let passwordCommon = Failure.FieldProblem(
        "password",
        "This password is one of those that are tried first. Choose one that nobody would guess."
    )
    static let passwordIsName = Failure.FieldProblem(
        "password",
        "Choose a password that is not your username or your e-mail address."
    )
    static let confirmationDiffers = Failure.FieldProblem(
        "password_confirmation",
        "The two passwords are not the same. Type it again."
    )

    static let currentPasswordMissing = Failure.FieldProblem("current_password", "Type your current password.")
    static let currentPasswordWrong = Failure.FieldProblem("current_password", "This is not your current password.")

    static func passwordTooShort(_ minimum: Int) -> Failure.FieldProblem {
        Failure.FieldProblem("password", "The password needs at least %1 characters.", "\(minimum)")
    }

    static func passwordTooLong(_ maximum: Int) -> Failure.FieldProblem {
        Failure.FieldProblem("password", "The password has more than %1 characters.", "\(maximum)")
    }

    static let unknownUserType = Failure.FieldProblem("user_type", "There is no such user type.")
    static let unknownParent = Failure.FieldProblem("parent", "There is no such account.")
    static let parentWithoutCustomers = Failure.FieldProblem("parent", "This account may not have customers.")
    static let tooManyCustomers = Failure.FieldProblem("parent", "This account has as many customers as it may have.")
    static let tooManyLevels = Failure.FieldProblem("parent", "This account may not have customers that deep below it.")
    static let parentBelow = Failure.FieldProblem("parent", "An account cannot stand below itself.")
}

extension Failure {
    /// The setup link was used, has expired, or there is an administrator already.
    package static let setupLinkGone = Failure(
        .gone,
        "setup_link_gone",
        "This link cannot be used any more. Start the program again for a new one, or log in as the administrator."
    )

    /// A link from a mail was used, is too old, or was sent to an address that the account no longer has.
    package static let linkGone = Failure(
        .gone,
        "link_gone",
        "This link was used already or is too old. Ask for a new one."
    )

    /// There is no mail server, and this is no development machine.
    package static let noMail = Failure(
        .unavailable,
        "no_mail",
        "This site sends no e-mail. Ask the people who run it for help."
    )

    package static let storageFull = Failure(
        .tooLarge,
        "storage_full",
        "Your storage is full. Delete something first, or ask for more space."
    )

    /// So many are signing in at this moment that hashing has no room for one more.
    static func hasherBusy(retryAfter: Duration) -> Failure {
        Failure(
            .unavailable,
            "busy",
            "The server is busy just now. Try again in a few seconds.",
            retryAfter: retryAfter
        )
    }

    package static let lastAdministrator = Failure(
        .conflict,
        "last_administrator",
        "This is the last administrator. Make another one first."
    )
}
