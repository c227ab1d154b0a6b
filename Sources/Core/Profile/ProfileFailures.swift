extension Failure.FieldProblem {
    static let displayNameLength = Failure.FieldProblem("display_name", "A name has at most 64 characters.")
    static let displayNameCharacters = Failure.FieldProblem(
        "display_name",
        "A name is one line of visible characters."
    )
    static let unknownLanguage = Failure.FieldProblem("language", "This site does not speak that language.")
}
