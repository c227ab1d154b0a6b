import ArgumentParser
import Core

/// The audit trail.
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prove that the audit trail was not changed.",
        subcommands: [Verify.self]
    )

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Walk the chain of the audit trail; ends with status 1 where it is broken.",
            discussion: """
                Example:
                  mediashare audit verify
                """
        )

        @OptionGroup var options: SettingsOptions

        func run() async throws {
            let settings = try await options.read()
            try await Program.with(settings) { program in
                switch try await program.platform.audit.verify() {
                case .intact(let entries, let erased, let unsealed, let end):
                    Output.line("Intact: \(entries) entries, \(erased) of them erased, \(unsealed) not sealed yet.")
                    Output.line("The chain ends with \(end).")
                case .broken(let sequence, _, let problem):
                    throw Complaint("Broken at entry \(sequence): \(problem.rawValue)")
                }
            }
        }
    }
}
