import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Integrations
import Logging
import Persistence
import TestSupport

@testable import Core
@testable import Site

/// A whole site on a fresh database and an empty folder, in process, with the cast in it.
struct TestSite: Sendable {
    let client: any TestClientProtocol
    let platform: Platform
    let database: any Database
    let cast: Cast
    let routes: [Route]

    /// A browser in which this member is signed in; nil is a visitor.
    func browser(_ member: Cast.Member? = nil) async throws -> Browser {
        guard let member else { return Browser(client: client) }
        let started = try await platform.sessions.start(for: member.id, in: member.scope)
        return Browser(client: client, cookies: ["session": started.token])
    }

    /// Runs the jobs that waited for mail to be sent, and answers what came for an address, newest first.
    func mails(to address: String) async throws -> [DevelopmentMail.Item] {
        let writer = try Letters(baseURL: platform.settings.baseURL)
        let handlers = platform.handlers(letters: writer, logger: Logger(label: "jobs"))
        for kind in [AccountLinkJob.kind, MailDelivery.kind, SignUpDelivery.kind] {
            guard let handler = handlers.first(where: { $0.kind == kind }) else { continue }
            let now = platform.effects.now()
            let query = JobQueries.claim(
                kinds: [kind],
                limit: 100,
                worker: "test",
                now: now,
                leaseUntil: now + .seconds(30)
            )
            let claims: [JobClaim] = try await database.write { db in try db.all(query, as: JobClaim.init) }
            for claim in claims {
                let job = RunningJob(
                    claim: claim,
                    database: database,
                    effects: platform.effects,
                    lease: .seconds(30)
                )
                try await handler.run(job)
            }
        }
        return try await platform.developmentMail?.list().filter { $0.to.contains("<\(address)>") } ?? []
    }

    /// An item of a member, as a text document.
    func item(of member: Cast.Member, title: String = "Notes", visibility: String = "private") async throws -> String {
        try await platform.uploads.storeWhole(
            filename: "notes.txt",
            title: title,
            visibility: visibility,
            body: OneChunk("Some notes.\n"),
            in: member.scope
        )
    }
}

func withSite(
    _ engine: Engine = .sqlite,
    environment: Settings.Environment = .development,
    secondFactorFor: Set<String> = [],
    signUp: SignUpMode = .atOnce,
    effects: Effects = .live,
    _ body: @escaping @Sendable (TestSite) async throws -> Void
) async throws {
    try await withDatabase(engine) { database in
        let folder = FileManager.default.temporaryDirectory.path + "/mediashare-site-\(Effects.live.publicID())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var settings = try await Settings.forTests(folder: folder)
        settings.environment = environment
        settings.secondFactorFor = secondFactorFor
        settings.signUp = signUp
        var logger = Logger(label: "site")
        logger.logLevel = .critical
        let platform = Platform(
            settings: settings,
            database: database,
            storage: try await LocalDisk(base: settings.uploadFolder),
            passwords: CheapPasswords(),
            magic: try Magic(),
            sandbox: await Sandbox.detect(),
            mailer: settings.mailer,
            effects: effects,
            logger: logger
        )
        let cast = try await Cast(platform.accounts)
        let site = try Site(platform: platform, settings: settings, logger: logger)
        let (router, routes) = try site.router()
        try await Application(router: router, logger: logger).test(.router) { client in
            try await body(TestSite(client: client, platform: platform, database: database, cast: cast, routes: routes))
        }
    }
}

extension Settings {
    static func forTests(folder: String) async throws -> Settings {
        let arguments = [
            "MEDIASHARE_DATA": folder, "SECRET_KEY": "a secret that only these tests know, 2026",
            "MEDIASHARE_BASE_URL": "http://localhost",
        ]
        let source = try await SettingsSource(
            arguments: arguments,
            environment: [:],
            file: folder + "/none",
            isFileRequired: false
        )
        var reader = SettingsReader(source)
        return try reader.read()
    }
}
