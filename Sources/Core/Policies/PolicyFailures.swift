extension Failure.FieldProblem {
    static let agreementMissing = Failure.FieldProblem("agreement", "Without your agreement we cannot make an account.")
    static let agreementOutdated = Failure.FieldProblem(
        "agreement",
        "A new version was published just now. Read it and send the form again."
    )
    static let policyLength = Failure.FieldProblem("text", "The text needs 1 to %1 characters.", "50000")
    static let policyCharacters = Failure.FieldProblem("text", "The text has characters that cannot be stored.")
}

extension Failure {
    package static let policyChangedMeanwhile = Failure(
        .conflict,
        "policy_changed_meanwhile",
        "Somebody else published a version while you wrote. Open the page again and put the two together."
    )
}
