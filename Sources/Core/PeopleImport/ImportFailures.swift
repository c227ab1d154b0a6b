extension Failure.FieldProblem {
    static let listMissing = Failure.FieldProblem("file", "Choose a file.")
    static let listNoText = Failure.FieldProblem("file", "This file is no text in UTF-8.")
    static let listEmpty = Failure.FieldProblem("file", "There is nobody in this list.")

    static func listTooLong(_ most: Int) -> Failure.FieldProblem {
        Failure.FieldProblem("file", "This list has more than %1 lines. Divide it.", "\(most)")
    }

    static func quoteOpen(_ line: Int) -> Failure.FieldProblem {
        Failure.FieldProblem("file", "A quotation mark is opened in line %1 and never closed.", "\(line)")
    }

    static func columnMissing(_ name: String) -> Failure.FieldProblem {
        Failure.FieldProblem("file", "The first line names no column “%1”.", name)
    }

    static let hashUnknown = Failure.FieldProblem(
        "pw_hashed",
        "This is no password hash that the program knows: it begins with scrypt:, pbkdf2: or $argon2id$."
    )

    static func repeatsLine(_ line: Int) -> Failure.FieldProblem {
        Failure.FieldProblem("username", "The same username or address stands in line %1.", "\(line)")
    }
}

extension Failure {
    package static let listTooLarge = Failure.invalid([
        .init("file", "This file is larger than a list may be. Divide it.")
    ])
    static let importStarted = Failure(.conflict, "import_started", "This list was imported already.")
}
