import ArgumentParser
import Core
import Persistence

/// Brings the database's schema up to date.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database up to date, or say what is missing.",
        discussion: """
            `serve` and `worker` do this themselves when they start.

            Examples:
              mediashare migrate
              mediashare migrate --status
              mediashare migrate --database postgres://mediashare@localhost/mediashare
            """
    )

    @OptionGroup var options: SettingsOptions

    @Flag(help: "Only show which steps have been taken.")
    var status = false

    func run() async throws {
        let settings = try await options.read()
        let database = try await Program.openDatabase(settings, logger: Program.makeLogger(settings))
        let migrator = Migrator(database, Migrations.all)
        do {
            if !status {
                let steps = try await migrator.migrate()
                Output.line(steps.isEmpty ? "The database is up to date." : "Taken: \(steps.count) steps.")
            }
            let status = try await migrator.status()
            for step in status.applied { Output.line("✓ \(step.number) \(step.name)") }
            for step in status.pending { Output.line("· \(step.number) \(step.name)") }
            for problem in status.problems { Output.line("✗ \(problem)") }
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }
}
