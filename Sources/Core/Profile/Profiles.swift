package import Persistence

/// What somebody says about themselves.
package struct ProfileChange: Sendable, Hashable {
    /// Empty to be called by one's username.
    package let displayName: String
    /// BCP 47; empty for what each browser asks for.
    package let language: String

    package init(displayName: String, language: String) {
        self.displayName = displayName
        self.language = language
    }

    static let longestName = 64

    /// - Parameter languages: the tags that the site speaks.
    func problems(languages: [String]) -> [Failure.FieldProblem] {
        var problems: [Failure.FieldProblem] = []
        let name = displayName.trimmed
        if name.codePoints > Self.longestName {
            problems.append(.displayNameLength)
        } else if !name.isEmpty, !name.isOneVisibleLine {
            problems.append(.displayNameCharacters)
        }
        if !language.isEmpty, !languages.contains(language) { problems.append(.unknownLanguage) }
        return problems
    }
}

/// How people are called and in which language they are spoken to.
package struct Profiles: Sendable {
    private let database: any Database
    private let effects: Effects

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
    }

    /// Changes the asking account's own profile. Throws `Failure` at the fields `display_name` and `language`.
    /// - Parameter languages: the tags that the site speaks.
    package func change(_ change: ProfileChange, languages: [String], in scope: Scope) async throws {
        let id = try scope.requireAccount()
        let problems = change.problems(languages: languages)
        guard problems.isEmpty else { throw Failure.invalid(problems) }
        let name = change.displayName.trimmed
        let (displayName, language) = (name.isEmpty ? nil : name, change.language.isEmpty ? nil : change.language)
        let now = effects.now()
        try await database.write { db in
            guard let account = try AccountQueries.find(id, in: scope, on: db) else { throw Failure.notFound }
            guard account.displayName != displayName || account.language != language else { return }
            try db.execute(ProfileQueries.change(id, displayName: displayName, language: language))
            let details = ["display_name": displayName ?? "", "language": language ?? ""]
            try Audit.record(
                AuditEvent("account.profile_changed", .account(id), details: details),
                in: scope,
                at: now,
                on: db
            )
        }
    }
}
