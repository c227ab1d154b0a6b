import NIOConcurrencyHelpers
package import Persistence

/// The brands, and which of them a request is for.
package struct Tenants: Sendable {
    private let database: any Database
    private let effects: Effects
    private let directory: NIOLockedValueBox<Directory?>

    /// Every host with its tenant. It is small and asked for by every request, so it is kept for a few seconds.
    private struct Directory: Sendable {
        let platform: Tenant
        let byHost: [String: Tenant]
        let readAt: Timestamp
    }

    private static let keptFor = Duration.seconds(10)

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
        directory = NIOLockedValueBox(nil)
    }

    /// The tenant that answers at this host; the platform for hosts that nobody has claimed. A change of hosts is
    /// noticed within ten seconds.
    package func serving(host: String) async throws -> Tenant {
        let directory = try await current()
        guard let host = HostName(host) else { return directory.platform }
        return directory.byHost[host.text] ?? directory.platform
    }

    package func find(_ id: ID<Tenant>) async throws -> Tenant {
        guard let tenant = try await database.read({ db in try TenantQueries.find(id, on: db) }) else {
            throw Failure.notFound
        }
        return tenant
    }

    /// Makes a brand. Needs `manageAll`.
    package func create(name: String, in scope: Scope) async throws -> Tenant {
        try scope.require(.manageAll)
        let name = name.trimmed
        guard (1...200).contains(name.count) else { throw Failure.invalid([.tenantName]) }
        let now = effects.now()
        let publicID = effects.publicID()
        return try await database.write { db in
            let id = try TenantQueries.insert(publicID: publicID, name: name, at: now, on: db)
            try Audit.record(
                AuditEvent("tenant.created", .tenant(id), details: ["name": name]),
                in: scope,
                at: now,
                on: db
            )
            return Tenant(id: id, publicID: publicID, name: name)
        }
    }

    /// Lets a brand answer at a host. Needs `manageAll`; a host belongs to one tenant.
    package func claim(host: String, for tenant: ID<Tenant>, in scope: Scope) async throws {
        try scope.require(.manageAll)
        guard let host = HostName(host) else { throw Failure.invalid([.badHost]) }
        let now = effects.now()
        try await database.write { db in
            guard try TenantQueries.find(tenant, on: db) != nil else { throw Failure.notFound }
            guard try TenantQueries.insertHost(host, of: tenant, on: db) else { throw Failure.invalid([.hostTaken]) }
            try Audit.record(
                AuditEvent("tenant.host_claimed", .tenant(tenant), details: ["host": host.text]),
                in: scope,
                at: now,
                on: db
            )
        }
        directory.withLockedValue { $0 = nil }
    }

    private func current() async throws -> Directory {
        let now = effects.now()
        if let kept = directory.withLockedValue({ $0 }), now - kept.readAt < Self.keptFor { return kept }
        let (platform, byHost) = try await database.read { db in
            (try TenantQueries.find(.platform, on: db), try TenantQueries.hosts(on: db))
        }
        guard let platform else { throw Failure.notFound }
        let fresh = Directory(platform: platform, byHost: byHost, readAt: now)
        directory.withLockedValue { $0 = fresh }
        return fresh
    }
}
