import ArgumentParser
import Core

/// Tokens for programs.
struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make tokens for programs that use the API.",
        subcommands: [Create.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token; it is shown this once.",
            discussion: """
                Examples:
                  mediashare token create --email uma@example.org --name backup
                  mediashare token create --email uma@example.org --name upload --scope upload --days 90
                """
        )

        @OptionGroup var options: SettingsOptions

        @Option(help: "Whose token it is.")
        var email: String

        @Option(help: "What it is for, as lists show it.")
        var name: String

        @Option(
            name: .customLong("scope"),
            help: "What it may do, of what its owner may; several times. Without it: all of that."
        )
        var scopes: [String] = []

        @Option(help: "After how many days it ends; without it, never.")
        var days: Int?

        func run() async throws {
            let permissions = try scopes.map { text in
                guard let permission = Permission(rawValue: text) else {
                    let known = Permission.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("There is no scope \(text). There are: \(known).")
                }
                return permission
            }
            let settings = try await options.read()
            try await Program.with(settings) { program in
                let account = try await program.platform.accounts.byEmail(email, in: .system())
                let scope = try await program.platform.accounts.scope(for: account.id)
                let created = try await program.platform.tokens.create(
                    name: name,
                    permissions: permissions.isEmpty ? scope.permissions : Set(permissions),
                    expiresAt: days.map { program.platform.effects.now() + Duration.days(Int64($0)) },
                    for: account.id,
                    in: scope
                )
                Output.line(created.secret)
            }
        }
    }
}
