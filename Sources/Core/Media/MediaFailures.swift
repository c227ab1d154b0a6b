extension Failure {
    package static let mediaNotReady = Failure(
        .notFound,
        "media_not_ready",
        "This file is still being made, or cannot be made from what was uploaded."
    )
    package static let tooFine = Failure(
        .forbidden,
        "too_fine",
        "This film is there only in a better quality than your account may play."
    )
}

extension Failure.FieldProblem {
    static let mayNotShare = Failure.FieldProblem("visibility", "Your account may not share items. Keep it private.")
}
