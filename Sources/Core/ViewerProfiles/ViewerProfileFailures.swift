extension Failure.FieldProblem {
    static let profileNameLength = Failure.FieldProblem("name", "A profile’s name has 1 to 32 characters.")
    static let profileNameCharacters = Failure.FieldProblem("name", "A name is one line of visible characters.")
    static let unknownPicture = Failure.FieldProblem("picture", "Choose one of the pictures and one of the colours.")
    static let unknownAgeLimit = Failure.FieldProblem("age_limit", "Choose one of the age limits.")
    static let defaultIsUnlimited = Failure.FieldProblem(
        "age_limit",
        "This is the profile that the account begins with. It has no age limit."
    )
    static let pinForm = Failure.FieldProblem("pin", "A PIN has 4 to 8 digits.")
    static let keyMissing = Failure.FieldProblem("profile_pin", "Type the PIN of this profile.")
    static let keyWrong = Failure.FieldProblem("profile_pin", "This is not the PIN of this profile.")
}

extension Failure {
    static let tooManyProfiles = Failure(
        .conflict,
        "too_many_profiles",
        "An account has at most 8 profiles. Remove one first."
    )
    static let lastProfile = Failure(
        .conflict,
        "last_profile",
        "One profile has to be without an age limit. Make another one first."
    )
    /// A browser in which nobody said yet who is watching.
    package static let profileNotChosen = Failure(
        .forbidden,
        "profile_not_chosen",
        "Choose first who is watching."
    )
    /// A profile with an age limit looks at things and does nothing else.
    package static let onlyWatching = Failure(
        .forbidden,
        "only_watching",
        "A profile with an age limit is for watching. Change the profile first."
    )

    static func tooManyPINs(retryAfter: Duration) -> Failure {
        Failure(
            .tooMany,
            "too_many_pins",
            "Too many wrong PINs. Wait a while before the next one.",
            retryAfter: retryAfter
        )
    }
}
