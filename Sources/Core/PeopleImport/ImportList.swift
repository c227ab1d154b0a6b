import Integrations

/// A list of people, as it was read from CSV: columns `username` and `email`, and if they are there `pw_hashed`,
/// `user_type` and `parent`.
struct ImportList: Sendable {
    static let mostLines = 20_000

    struct Entry: Sendable, Hashable {
        let line: Int
        let username: String
        let email: String
        /// Empty for somebody who has to ask for a new password.
        let passwordHash: String
        /// Empty for the type that new accounts get.
        let typeCode: String
        /// A username; empty for nobody's customer.
        let parent: String
    }

    let entries: [Entry]

    /// Throws `Failure` at the field `file`.
    init(_ text: String) throws(Failure) {
        let lines = try CSVReader.lines(of: text)
        guard let head = lines.first, lines.count > 1 else { throw .invalid([.listEmpty]) }
        guard lines.count - 1 <= Self.mostLines else { throw .invalid([.listTooLong(Self.mostLines)]) }
        let names = head.cells.map { $0.trimmed.lowercased() }
        let missing = ["username", "email"].filter { !names.contains($0) }
        guard missing.isEmpty else { throw .invalid(missing.map { .columnMissing($0) }) }
        func cell(_ name: String, of line: CSVReader.Line) -> String {
            guard let index = names.firstIndex(of: name), index < line.cells.count else { return "" }
            return line.cells[index].trimmed
        }
        entries = lines.dropFirst().map { line in
            Entry(
                line: line.number,
                username: cell("username", of: line),
                email: cell("email", of: line),
                passwordHash: cell("pw_hashed", of: line),
                typeCode: cell("user_type", of: line),
                parent: cell("parent", of: line)
            )
        }
    }
}

extension ImportList.Entry {
    /// What is wrong with the line by itself.
    func check() -> (username: Username?, email: EmailAddress?, problems: [Failure.FieldProblem]) {
        var problems: [Failure.FieldProblem] = []
        var (name, address): (Username?, EmailAddress?)
        do throws(Failure.FieldProblem) { name = try Username(username) } catch { problems.append(error) }
        do throws(Failure.FieldProblem) { address = try EmailAddress(email) } catch { problems.append(error) }
        if !passwordHash.isEmpty, !PasswordHasher.recognises(passwordHash) { problems.append(.hashUnknown) }
        return (name, address, problems)
    }
}
