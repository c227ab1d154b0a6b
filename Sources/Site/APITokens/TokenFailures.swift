import Core

extension Failure.FieldProblem {
    static let tokenLifetime = Failure.FieldProblem("lifetime", "Choose how long the token lasts.")
}
