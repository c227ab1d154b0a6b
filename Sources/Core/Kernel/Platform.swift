package import Integrations
package import Logging
package import Persistence

/// The operations of the whole platform, over one database and one storage. Handlers and commands call these and
/// nothing below them.
package struct Platform: Sendable {
    package let effects: Effects
    package let settings: Settings

    package let tenants: Tenants
    package let userTypes: UserTypes
    package let accounts: Accounts
    package let adminSetup: AdminSetup
    package let sessions: Sessions
    package let tokens: APITokens
    package let audit: Audit
    package let jobs: Jobs
    package let mediaTypes: MediaTypes
    package let media: MediaItems
    package let library: Library
    package let uploads: Uploads
    package let trash: Trash
    package let readiness: Readiness

    private let database: any Database
    private let storage: any Storage
    private let sandbox: Sandbox

    package init(
        settings: Settings,
        database: any Database,
        storage: any Storage,
        passwords: any PasswordHashing,
        magic: Magic,
        sandbox: Sandbox,
        effects: Effects,
        logger: Logger
    ) {
        self.settings = settings
        self.effects = effects
        self.database = database
        self.storage = storage
        self.sandbox = sandbox
        tenants = Tenants(database: database, effects: effects)
        userTypes = UserTypes(database: database)
        accounts = Accounts(
            database: database,
            effects: effects,
            passwords: passwords,
            rules: PasswordRules(minimumLength: settings.passwordMinimum)
        )
        adminSetup = AdminSetup(accounts: accounts)
        sessions = Sessions(
            database: database,
            effects: effects,
            idle: settings.sessionIdle,
            absolute: settings.sessionAbsolute
        )
        tokens = APITokens(database: database, effects: effects)
        audit = Audit(database: database, effects: effects)
        jobs = Jobs(database: database, effects: effects)
        mediaTypes = MediaTypes(database: database, effects: effects)
        media = MediaItems(database: database, storage: storage, effects: effects)
        library = Library(database: database)
        uploads = Uploads(
            database: database,
            storage: storage,
            magic: magic,
            types: mediaTypes,
            effects: effects,
            logger: logger
        )
        trash = Trash(database: database, effects: effects)
        readiness = Readiness(database: database, storage: storage, effects: effects)
    }

    /// With the real world around it.
    package static func live(settings: Settings, database: any Database, logger: Logger) async throws -> Platform {
        let sandbox = await Sandbox.detect()
        if case .limitsOnly(let reason) = sandbox.status {
            logger.warning("Decoders run with limits alone.", metadata: ["reason": "\(reason)"])
        }
        return Platform(
            settings: settings,
            database: database,
            storage: try await LocalDisk(base: settings.uploadFolder),
            passwords: PasswordHasher(),
            magic: try Magic(),
            sandbox: sandbox,
            effects: .live,
            logger: logger
        )
    }

    /// Puts in order what a crash left behind; to be called before requests are taken.
    package func recover() async throws {
        try await uploads.recover()
    }

    /// Runs jobs until the program is asked to stop.
    package func jobRunner(logger: Logger) -> JobRunner {
        JobRunner(
            database: database,
            effects: effects,
            handlers: handlers(logger: logger),
            schedules: schedules,
            settings: settings.jobs,
            logger: logger
        )
    }

    private func handlers(logger: Logger) -> [any JobHandler] {
        [
            MediaProcessing(
                database: database,
                storage: storage,
                decoders: Decoders(sandbox: sandbox),
                effects: effects,
                logger: logger,
                concurrency: settings.jobConcurrency
            ),
            AuditSealJob(sealing: AuditSealing(database: database)), JobSweep(effects: effects),
            SessionPurge(sessions: sessions), TrashPurge(database: database, effects: effects),
            StorageGarbageRemoval(database: database, storage: storage, effects: effects),
            UploadSweep(uploads: uploads),
        ]
    }

    private var schedules: [JobSchedule] {
        [
            AuditSealJob.schedule, JobSweep.schedule, SessionPurge.schedule, TrashPurge.schedule,
            StorageGarbageRemoval.schedule, UploadSweep.schedule,
        ]
    }
}
