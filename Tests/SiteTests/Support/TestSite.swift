import Core
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Integrations
import Logging
import TestSupport

@testable import Site

/// A whole site on a fresh database and an empty folder, in process, with the cast in it.
struct TestSite: Sendable {
    let client: any TestClientProtocol
    let platform: Platform
    let cast: Cast
    let routes: [Route]

    /// A browser in which this member is signed in; nil is a visitor.
    func browser(_ member: Cast.Member? = nil) async throws -> Browser {
        guard let member else { return Browser(client: client) }
        let started = try await platform.sessions.start(for: member.id, in: member.scope)
        return Browser(client: client, cookies: ["session": started.token])
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
    _ body: @escaping @Sendable (TestSite) async throws -> Void
) async throws {
    try await withDatabase(engine) { database in
        let folder = FileManager.default.temporaryDirectory.path + "/mediashare-site-\(Effects.live.publicID())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var settings = try await Settings.forTests(folder: folder)
        settings.environment = environment
        var logger = Logger(label: "site")
        logger.logLevel = .critical
        let platform = Platform(
            settings: settings,
            database: database,
            storage: try await LocalDisk(base: settings.uploadFolder),
            passwords: CheapPasswords(),
            magic: try Magic(),
            sandbox: await Sandbox.detect(),
            effects: .live,
            logger: logger
        )
        let cast = try await Cast(platform.accounts)
        let site = try Site(platform: platform, settings: settings, logger: logger)
        let (router, routes) = try site.router()
        try await Application(router: router, logger: logger).test(.router) { client in
            try await body(TestSite(client: client, platform: platform, cast: cast, routes: routes))
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
