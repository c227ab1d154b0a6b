extension Failure {
    static let noHistory = Failure(
        .forbidden,
        "no_history",
        "Only somebody who watches in a browser has a history."
    )
}

extension Failure.FieldProblem {
    static let unknownMoment = Failure.FieldProblem("seconds", "Say how many seconds were played.")
}
