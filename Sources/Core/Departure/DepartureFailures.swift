extension Failure {
    /// Nothing but the question is open to an account that is about to be deleted.
    package static let accountLeaves = Failure(
        .forbidden,
        "account_leaves",
        "This account is about to be deleted. Log in with a browser to keep it."
    )
}

extension Failure.FieldProblem {
    static let notOwnUsername = Failure.FieldProblem("username", "This is not your username.")
}
