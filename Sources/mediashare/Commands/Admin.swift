import ArgumentParser
import Core
import Foundation

/// Accounts of administrators.
struct Admin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make administrators.",
        subcommands: [Create.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an administrator's account.",
            discussion: """
                The password is asked for, or read from standard input when that is no terminal.

                Examples:
                  mediashare admin create --username root --email root@example.org
                  pwgen 20 1 | mediashare admin create --username root --email root@example.org
                """
        )

        @OptionGroup var options: SettingsOptions

        @Option(help: "The name to be shown.")
        var username: String

        @Option(help: "The address to sign in with.")
        var email: String

        func run() async throws {
            let settings = try await options.read()
            let password = try Password.ask("Password for \(email): ")
            try await Program.with(settings) { program in
                let new = NewAccount(username: username, email: email, password: password, typeCode: "admin")
                let account = try await program.platform.accounts.create(new, in: .system())
                Output.line("\(account.username) is an administrator and can sign in with \(account.email).")
            }
        }
    }
}

enum Password {
    /// Reads one line without showing it.
    static func ask(_ prompt: String) throws -> String {
        let isTerminal = isatty(STDIN_FILENO) == 1
        var old = termios()
        if isTerminal {
            FileHandle.standardError.write(Data(prompt.utf8))
            tcgetattr(STDIN_FILENO, &old)
            var silent = old
            silent.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        }
        defer {
            if isTerminal {
                tcsetattr(STDIN_FILENO, TCSAFLUSH, &old)
                FileHandle.standardError.write(Data("\n".utf8))
            }
        }
        guard let line = readLine(), !line.isEmpty else { throw Complaint("No password was given.") }
        return line
    }
}
