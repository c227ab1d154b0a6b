import ArgumentParser
import Core

/// Runs jobs only.
struct Worker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run jobs only, beside `serve --no-jobs`; as many workers as you like on one database.",
        discussion: """
            Examples:
              mediashare worker
              mediashare worker --set MEDIASHARE_JOB_CONCURRENCY=4
            """
    )

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try await options.read()
        try await Program.with(settings) { program in
            Output.line("A worker is ready.")
            try await program.run([try program.jobRunner()])
        }
    }
}
