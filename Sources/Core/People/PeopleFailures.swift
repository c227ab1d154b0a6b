extension Failure {
    package static let notOneself = Failure(
        .conflict,
        "not_oneself",
        "This is your own account. Ask another administrator."
    )

    /// The form was made from an account that is not the same any more.
    package static let changedMeanwhile = Failure(
        .invalid,
        "changed_meanwhile",
        "Somebody changed this account while you were at it. Look at what it is now, and save again if it is still right."
    )
}

extension Failure.FieldProblem {
    static let customersNeedType = Failure.FieldProblem(
        "user_type",
        "This account has customers, more than the user type allows. Move them first."
    )
    static let ownStatus = Failure.FieldProblem("status", "You cannot shut yourself out.")
    static let ownUserType = Failure.FieldProblem("user_type", "You cannot change your own user type.")
    static let lastAdministratorsType = Failure.FieldProblem(
        "user_type",
        "This is the last administrator. Make another one first."
    )
    static let unknownStatus = Failure.FieldProblem("status", "Choose one of the states in the list.")
    static let noteLength = Failure.FieldProblem("text", "A note has 1 to 2000 characters.")
}
