extension Failure.FieldProblem {
    static let tokenName = Failure.FieldProblem("name", "A name has 1 to 100 characters.")
    static let tokenPermissions = Failure.FieldProblem("permissions", "Choose at least one permission.")
    static let tokenTooMuch = Failure.FieldProblem("permissions", "A token cannot do more than its account may do.")
    static let tokenExpiry = Failure.FieldProblem("expires_at", "Choose a time in the future.")
}

extension Failure {
    package static let apiNotAllowed = Failure(
        .forbidden,
        "api_not_allowed",
        "This account's type may not use the API. Choose a type that may."
    )
}
