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
    package let addressChanges: AddressChanges
    package let signUps: SignUps
    package let departures: Departures
    package let exports: DataExports
    package let people: People
    package let closings: Closings
    package let imports: PeopleImports
    package let impersonations: Impersonations
    package let profiles: Profiles
    package let viewerProfiles: ViewerProfiles
    package let history: WatchHistory
    package let policies: Policies
    package let adminSetup: AdminSetup
    package let sessions: Sessions
    package let secondFactors: SecondFactors
    package let passkeys: Passkeys
    package let signInProviders: SignInProviders
    package let tokens: APITokens
    package let notifications: Notifications
    package let notificationFeed: NotificationFeed
    package let audit: Audit
    package let outbox: Outbox
    /// Nil unless this is somebody's own machine, with no mail server and in development.
    package let developmentMail: DevelopmentMail?
    package let jobs: Jobs
    package let mediaTypes: MediaTypes
    package let media: MediaItems
    package let films: Films
    package let streams: Streams
    package let playbackKeys: PlaybackKeys
    package let library: Library
    package let uploads: Uploads
    package let trash: Trash
    package let readiness: Readiness

    private let database: any Database
    private let storage: any Storage
    private let sandbox: Sandbox
    private let mailer: (any Mailer)?

    package init(
        settings: Settings,
        database: any Database,
        storage: any Storage,
        passwords: any PasswordHashing,
        magic: Magic,
        sandbox: Sandbox,
        mailer: (any Mailer)?,
        openID: OpenIDClient = OpenIDClient(),
        effects: Effects,
        logger: Logger
    ) {
        self.settings = settings
        self.effects = effects
        self.database = database
        self.storage = storage
        self.sandbox = sandbox
        self.mailer = mailer
        let policy = EmailPolicy(sendsMail: mailer != nil, withheld: settings.unverifiedMayNot)
        tenants = Tenants(database: database, effects: effects)
        userTypes = UserTypes(database: database, effects: effects)
        accounts = Accounts(
            database: database,
            effects: effects,
            passwords: passwords,
            rules: PasswordRules(minimumLength: settings.passwordMinimum),
            policy: policy
        )
        addressChanges = AddressChanges(accounts: accounts)
        signUps = SignUps(accounts: accounts)
        departures = Departures(accounts: accounts, wait: settings.deletionWait)
        people = People(accounts: accounts)
        closings = Closings(accounts: accounts)
        imports = PeopleImports(accounts: accounts)
        exports = DataExports(database: database, storage: storage, effects: effects)
        impersonations = Impersonations(accounts: accounts)
        profiles = Profiles(database: database, effects: effects)
        viewerProfiles = ViewerProfiles(accounts: accounts)
        history = WatchHistory(database: database, effects: effects)
        policies = Policies(database: database, effects: effects)
        adminSetup = AdminSetup(accounts: accounts)
        sessions = Sessions(
            database: database,
            effects: effects,
            idle: settings.sessionIdle,
            absolute: settings.sessionAbsolute,
            policy: policy
        )
        secondFactors = SecondFactors(accounts: accounts, secretKey: settings.secretKey)
        passkeys = Passkeys(accounts: accounts, site: RelyingParty(settings))
        signInProviders = SignInProviders(
            accounts: accounts,
            client: openID,
            secretKey: settings.secretKey,
            baseURL: settings.baseURL
        )
        tokens = APITokens(database: database, effects: effects, policy: policy)
        notifications = Notifications(database: database, effects: effects)
        notificationFeed = NotificationFeed(of: database, sessions: sessions)
        audit = Audit(database: database, effects: effects)
        outbox = Outbox(database: database)
        let isForDevelopment = settings.environment == .development && settings.isLocal
        developmentMail = isForDevelopment ? (mailer as? FileMailer).map(DevelopmentMail.init) : nil
        jobs = Jobs(database: database, effects: effects)
        mediaTypes = MediaTypes(database: database, effects: effects)
        media = MediaItems(database: database, storage: storage, effects: effects)
        films = Films(database: database, storage: storage)
        streams = Streams(database: database, effects: effects)
        playbackKeys = PlaybackKeys(secretKey: settings.secretKey, sessions: sessions, effects: effects)
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
            storage: try await LocalDisk(base: settings.uploadFolder, reserve: settings.diskReserve),
            passwords: PasswordHasher(),
            magic: try Magic(),
            sandbox: sandbox,
            mailer: settings.mailer,
            effects: .live,
            logger: logger
        )
    }

    /// Puts in order what a crash left behind; to be called before requests are taken.
    package func recover() async throws {
        try await uploads.recover()
    }

    /// Runs jobs until the program is asked to stop.
    /// - Parameter letters: who writes the mails.
    package func jobRunner(letters: any LetterWriter, logger: Logger) -> JobRunner {
        JobRunner(
            database: database,
            effects: effects,
            handlers: handlers(letters: letters, logger: logger),
            settings: settings.jobs,
            logger: logger
        )
    }

    func handlers(letters: any LetterWriter, logger: Logger) -> [any JobHandler] {
        mailHandlers(letters: letters) + [
            MediaProcessing(
                database: database,
                storage: storage,
                decoders: Decoders(sandbox: sandbox),
                effects: effects,
                logger: logger,
                concurrency: settings.jobConcurrency
            ),
            FilmEncoding(
                database: database,
                storage: storage,
                decoders: Decoders(sandbox: sandbox),
                effects: effects,
                logger: logger
            ),
            AuditSealJob(sealing: AuditSealing(database: database)),
            JobSweep(effects: effects),
            StreamSweep(effects: effects),
            SessionPurge(sessions: sessions),
            TrashPurge(database: database, effects: effects),
            StorageGarbageRemoval(database: database, storage: storage, effects: effects),
            UploadSweep(uploads: uploads),
            DataExportJob(database: database, storage: storage, effects: effects, sendsMail: mailer != nil),
            DataExportSweep(effects: effects),
            ItemJob(database: database, effects: effects),
            DepartureJob(database: database, effects: effects),
            AccountErasure(database: database, effects: effects),
            ImportJob(accounts: accounts),
            ImportSweep(effects: effects),
            NotificationSweep(effects: effects),
        ]
    }

    private func mailHandlers(letters: any LetterWriter) -> [any JobHandler] {
        let others: [any JobHandler] = [
            AccountLinkJob(effects: effects), AccountPurge(accounts: accounts), MailSweep(effects: effects),
        ]
        guard let mailer else { return others + [MailDrop(effects: effects)] }
        let sender = settings.mailSender
        return others + [
            MailDelivery(database: database, effects: effects, mailer: mailer, writer: letters, sender: sender),
            SignUpDelivery(
                database: database,
                post: LetterPost(mailer: mailer, writer: letters, sender: sender, effects: effects)
            ),
        ]
    }
}
