extension Failure.FieldProblem {
    static let tenantName = Failure.FieldProblem("name", "A name has 1 to 200 characters.")
    static let badHost = Failure.FieldProblem("host", "This is no host name. Type it like media.example.com.")
    static let hostTaken = Failure.FieldProblem("host", "This host name belongs to a brand already.")
}
