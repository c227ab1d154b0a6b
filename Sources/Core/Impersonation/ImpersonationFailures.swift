extension Failure {
    /// What proves who somebody is stays theirs.
    package static let notWhileActing = Failure(
        .forbidden,
        "not_while_acting",
        "You act for somebody else. Passwords, tokens and everything by which they prove who they are stay theirs."
    )
    static let notForAdministrators = Failure(
        .forbidden,
        "not_for_administrators",
        "Nobody acts for an administrator, or for themselves."
    )
    static let notActive = Failure(
        .conflict,
        "not_active",
        "This account is suspended or closed. Nobody can act for it."
    )
}

extension Failure.FieldProblem {
    static let reasonLength = Failure.FieldProblem("reason", "Give a reason of 3 to 500 characters.")
}
