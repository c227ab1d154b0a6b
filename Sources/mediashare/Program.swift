import Core
import Foundation
import Integrations
import Logging
import Persistence
import ServiceLifecycle
import Site
import UnixSignals

/// What every command but the smallest stands on: settings, a migrated database, storage, and the operations over them.
struct Program {
    let settings: Settings
    let logger: Logger
    let database: any Database
    let platform: Platform

    /// Opens everything. The schema is brought up to date first, under a lock, so that many may start at once.
    static func open(_ settings: Settings) async throws -> Program {
        let logger = makeLogger(settings)
        let database = try await openDatabase(settings, logger: logger)
        do {
            let steps = try await Migrator(database, Migrations.all).migrate()
            if !steps.isEmpty {
                logger.notice("The database's schema is up to date.", metadata: ["steps": "\(steps.count)"])
            }
            let platform = try await Platform.live(settings: settings, database: database, logger: logger)
            return Program(settings: settings, logger: logger, database: database, platform: platform)
        } catch {
            await database.close()
            throw error
        }
    }

    /// Opens everything, lends it, and closes it in any case.
    static func with<T>(_ settings: Settings, _ body: (Program) async throws -> T) async throws -> T {
        let program = try await open(settings)
        do {
            let result = try await body(program)
            await program.database.close()
            return result
        } catch {
            await program.database.close()
            throw readable(error)
        }
    }

    /// A failure's own words instead of its structure.
    static func readable(_ error: any Error) -> any Error {
        guard let failure = error as? Failure else { return error }
        let fields = failure.fields.map { "\n  \($0.field): \($0.message)" }.joined()
        return Complaint(failure.message + fields)
    }

    static func openDatabase(_ settings: Settings, logger: Logger) async throws -> any Database {
        var options = DatabaseOptions(logger: logger)
        options.connections = settings.databaseConnections
        options.slowQueryTime = settings.slowQuery
        return try await Databases.open(DatabaseURL(settings.databaseURL), options: options)
    }

    static func makeLogger(_ settings: Settings) -> Logger {
        // Unless TZ is set, glibc looks for each line of the log whether the time zone's file has changed.
        setenv("TZ", ":/etc/localtime", 0)
        var logger = Logger(label: "mediashare") { label in StreamLogHandler.standardError(label: label) }
        logger.logLevel = settings.isDebug ? .debug : Logger.Level(rawValue: settings.logLevel) ?? .info
        return logger
    }

    /// Runs jobs, and has the mails among them written.
    func jobRunner() throws -> JobRunner {
        platform.jobRunner(letters: try Letters(baseURL: settings.baseURL), logger: logger)
    }

    /// Runs services until one fails or the program is asked to stop; then all end in turn, within half a minute.
    func run(_ services: [any Service]) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        try await ServiceGroup(configuration: configuration).run()
    }
}
