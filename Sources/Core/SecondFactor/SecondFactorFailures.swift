extension Failure.FieldProblem {
    package static let codeWrong = Failure.FieldProblem(
        "code",
        "This code is not right, or was used already. Wait for the next one and type that."
    )
    static let passwordWrong = Failure.FieldProblem("password", "The password is not right.")
}

extension Failure {
    package static let secondFactorIsOn = Failure(
        .conflict,
        "second_factor_is_on",
        "Two-step sign-in is on already."
    )
    package static let secondFactorIsOff = Failure(
        .conflict,
        "second_factor_is_off",
        "Two-step sign-in is off. Nothing was changed."
    )
    /// The person's user type has to have one.
    package static let secondFactorIsRequired = Failure(
        .forbidden,
        "second_factor_required",
        "Your account needs two-step sign-in. Set it up first."
    )
    /// A dangerous act, and the last proof of who sits there is too old.
    package static let proofNeeded = Failure(
        .forbidden,
        "proof_needed",
        "Please confirm first that it is you."
    )
    /// Too many wrong tries to prove who one is.
    static func tooManyTries(retryAfter: Duration) -> Failure {
        Failure(.tooMany, "too_many_tries", "Too many wrong tries.", retryAfter: retryAfter)
    }
}
