import Persistence
import TestSupport
import Testing

@testable import Core
@testable import Site

/// Items, uploads and jobs of every member of the cast. What only reads shares them; what changes something gets a fresh
/// one each time, so that one act never decides about the next.
struct AccessObjects {
    let owners: [Cast.Member]
    private let site: TestSite
    private let films: [ID<Account>: String]
    private let papers: [ID<Account>: String]

    init(_ site: TestSite) async throws {
        self.site = site
        owners = [site.cast.uma, site.cast.otto, site.cast.sam, site.cast.rita, site.cast.root]
        var (films, papers) = ([ID<Account>: String](), [ID<Account>: String]())
        for owner in owners {
            films[owner.id] = try await site.processedItem(of: owner, kind: "video", rendition: "poster")
            papers[owner.id] = try await site.processedItem(of: owner, kind: "document", rendition: "thumbnail")
        }
        self.films = films
        self.papers = papers
    }

    /// What stands for `{id}` in the route's path.
    func object(for route: Route, of owner: Cast.Member) async throws -> String {
        if route.path.hasPrefix("/admin/user-types/") { return "basic" }
        if route.path.hasPrefix("/admin/sign-in-providers/") { return try await provider() }
        if route.path.hasPrefix("/auth/oidc/") { return "none" }
        if route.path.hasPrefix("/user/security/providers") {
            return route.path.hasSuffix("/link") ? "none" : try await identity(of: owner)
        }
        if route.path.hasPrefix("/admin/users/import/") {
            let list = Array("username,email\nnora,nora@example.org\n".utf8)
            return try await site.platform.imports.handIn(list, in: site.cast.root.scope)
        }
        if route.path.hasPrefix("/admin/") { return owner.account.publicID }
        if route.path.hasPrefix("/user/security/sessions") { return try await session(of: owner) }
        if route.path.hasPrefix("/user/notifications") { return try await notification(of: owner) }
        if route.path.hasPrefix("/api/v1/streams") { return try await stream(of: owner) }
        if route.path.hasPrefix("/user/profile/export") { return try await export(of: owner) }
        if route.path.hasPrefix("/user/tokens") { return try await token(of: owner) }
        if route.path.hasPrefix("/uploads") { return try await upload(of: owner) }
        if route.path.hasPrefix("/api/v1/jobs") {
            return try await job(of: owner, ended: route.path.hasSuffix("/retry"))
        }
        if route.path.hasPrefix("/user/security/passkeys") { return try await passkey(of: owner) }
        if route.isOfHousehold { return try await profile(of: owner) }
        if route.path.hasSuffix("/position") { return try #require(films[owner.id]) }
        if route.path.hasSuffix("/address") { return try #require(films[owner.id]) }
        guard route.changesSomething else {
            let needsFilm = ["/play", "/poster", "/stream", "/{piece}"].contains { route.path.hasSuffix($0) }
            return try #require(needsFilm ? films[owner.id] : papers[owner.id])
        }
        let item = try await site.item(of: owner)
        if route.path.hasSuffix("/restore") { try await site.platform.trash.put(item, in: owner.scope) }
        return item
    }

    private func passkey(of owner: Cast.Member) async throws -> String {
        let name = site.platform.effects.publicID()
        let credential = AuthenticatorData.Credential(
            id: Array(name.utf8),
            key: PasskeyKey(algorithm: .edDSA, bytes: Array(repeating: 7, count: 32))
        )
        let draft = Passkeys.Draft(publicID: name, name: name, credential: credential, count: 0)
        let insert = PasskeyQueries.insert(draft, of: owner.id, at: site.platform.effects.now())
        try await site.database.write { db in _ = try db.rows(insert) }
        return name
    }

    private func notification(of owner: Cast.Member) async throws -> String {
        let now = site.platform.effects.now()
        try await site.database.write { db in try Notify.tell(owner.id, .passkeyAdded, at: now, on: db) }
        let entry = try #require(try await site.platform.notifications.page(limit: 1, in: owner.scope).items.first)
        return entry.id.description
    }

    /// A copy of their data that is ready; the bytes of a document stand in for it.
    private func export(of owner: Cast.Member) async throws -> String {
        let (name, paper) = (site.platform.effects.publicID(), try #require(papers[owner.id]))
        let now = site.platform.effects.now()
        try await site.database.write { db in
            try db.execute("DELETE FROM data_export WHERE account_id = \(owner.id)")
            try db.execute(
                """
                INSERT INTO data_export
                    (public_id, account_id, has_originals, language, storage_key, created_at, ready_at, expires_at)
                SELECT \(name), m.owner_id, 0, 'en', f.storage_key, m.created_at, m.created_at, \(now + .days(7))
                FROM media_file f JOIN media m ON m.id = f.media_id WHERE m.public_id = \(paper)
                """
            )
        }
        return name
    }

    /// Something that they play.
    private func stream(of owner: Cast.Member) async throws -> String {
        var scope = owner.scope
        scope.credential = .session(try await site.platform.sessions.start(for: owner.id, in: scope).session.id)
        scope.limits = UserType.Limits(streams: 1000)
        _ = try await site.platform.streams.begin(site.item(of: owner), in: scope)
        return try #require(try await site.platform.streams.list(in: scope).first?.publicID)
    }

    /// Its issuer is a port of this machine at which nobody answers.
    private func provider() async throws -> String {
        let change = SignInProviderChange(
            name: "Elsewhere",
            issuer: "http://127.0.0.1:9",
            clientID: "media",
            clientSecret: "secret",
            scopes: "email",
            isEnabled: true,
            opensAccounts: false
        )
        let providers = site.platform.signInProviders
        for old in try await providers.list(in: site.cast.root.scope) {
            try await providers.remove(old.publicID, in: site.cast.root.scope)
        }
        return try await providers.add(change, in: site.cast.root.scope)
    }

    private func identity(of owner: Cast.Member) async throws -> String {
        let provider = try await provider()
        let name = site.platform.effects.publicID()
        let now = site.platform.effects.now()
        try await site.database.write { db in
            let found = try SignInProviders.find(provider, of: .platform, on: db)
            let insert = ProviderIdentityQueries.insert(name, name, email: nil, at: found.id, of: owner.id, at: now)
            _ = try db.rows(insert)
        }
        return name
    }

    private func profile(of owner: Cast.Member) async throws -> String {
        try #require(try await site.platform.viewerProfiles.list(in: owner.scope).first).publicID
    }

    private func session(of owner: Cast.Member) async throws -> String {
        try await site.platform.sessions.start(for: owner.id, in: owner.scope).session.publicID
    }

    /// An account whose type may not use the API has none; what stands in for it is found by nobody.
    private func token(of owner: Cast.Member) async throws -> String {
        guard owner.scope.may(.useAPI) else { return "none" }
        let permissions = owner.scope.permissions
        return try await site.platform.tokens.create(
            name: "x",
            permissions: permissions,
            for: owner.id,
            in: owner.scope
        )
        .token.publicID
    }

    private func upload(of owner: Cast.Member) async throws -> String {
        try await site.platform.uploads.create(NewUpload(filename: "a.txt", length: 10), in: owner.scope).publicID
    }

    private func job(of owner: Cast.Member, ended: Bool) async throws -> String {
        let item = try await site.item(of: owner)
        let job = try #require(try await site.platform.media.find(item, in: owner.scope).media.job)
        if ended { try await site.platform.jobs.cancel(job, in: owner.scope) }
        return job.description
    }
}

extension TestSite {
    /// An item as processing leaves it, with one rendition: the original's own bytes stand in for it.
    fileprivate func processedItem(of owner: Cast.Member, kind: String, rendition: String) async throws -> String {
        let item = try await item(of: owner)
        try await database.write { db in
            try db.execute("UPDATE media SET kind = \(kind), status = 'ready' WHERE public_id = \(item)")
            try db.execute(
                """
                UPDATE media_file SET is_web_ready = 1
                WHERE media_id = (SELECT id FROM media WHERE public_id = \(item))
                """
            )
            try db.execute(
                """
                INSERT INTO rendition (media_id, kind, storage_key, content_type, size, tag, created_at)
                SELECT f.media_id, \(rendition), f.storage_key, 'image/jpeg', f.size, 'tag', f.created_at
                FROM media_file f JOIN media m ON m.id = f.media_id WHERE m.public_id = \(item)
                """
            )
        }
        try await addFilm(to: item)
        return item
    }
}
