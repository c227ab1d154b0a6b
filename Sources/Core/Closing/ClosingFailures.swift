extension Failure {
    static let alreadyClosed = Failure(.conflict, "already_closed", "This account is closed already.")
    static let notClosed = Failure(.conflict, "not_closed", "This account is not closed.")
    static let erased = Failure(.gone, "erased", "This account was erased. It cannot come back.")
}

extension Failure.FieldProblem {
    static let itemsUndecided = Failure.FieldProblem("items", "Choose what becomes of the items.")
    static let customersUndecided = Failure.FieldProblem("customers", "Choose where the customers go.")
    static let heirUnknown = Failure.FieldProblem("heir", "There is no such account that could have the items.")
    static let heirFull = Failure.FieldProblem("heir", "This account has no room for so many items.")
    static let customersToUnknown = Failure.FieldProblem(
        "customers_to",
        "There is no such account that could have the customers."
    )
    static let customersToFull = Failure.FieldProblem("customers_to", "This account may not have so many customers.")
}
