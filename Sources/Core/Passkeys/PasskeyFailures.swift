extension Failure.FieldProblem {
    static let passkeyName = Failure.FieldProblem("name", "A name has 1 to 60 characters.")
}

extension Failure {
    /// What the device said does not fit, is too old, or was said before.
    package static let passkeyRefused = Failure(
        .invalid,
        "passkey_refused",
        "This passkey could not be used. Try it once more."
    )
    package static let passkeyKnown = Failure(
        .conflict,
        "passkey_known",
        "This passkey belongs to an account already."
    )
    package static let tooManyPasskeys = Failure(
        .conflict,
        "too_many_passkeys",
        "You have as many passkeys as you may have. Remove one first."
    )
    /// The site is reached by a number, and passkeys belong to names.
    package static let passkeysNeedName = Failure(
        .unavailable,
        "passkeys_need_name",
        "Passkeys work only where this site has a name."
    )
}
