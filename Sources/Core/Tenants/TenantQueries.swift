import Persistence

enum TenantQueries {
    static func find(_ id: ID<Tenant>, on db: any Connection) throws -> Tenant? {
        try db.first("SELECT \(Tenant.columns) FROM tenant t WHERE t.id = \(id)").map(Tenant.init)
    }

    static func hosts(on db: any Connection) throws -> [String: Tenant] {
        let rows = try db.rows(
            "SELECT h.host, \(Tenant.columns) FROM tenant_host h JOIN tenant t ON t.id = h.tenant_id"
        )
        var hosts: [String: Tenant] = [:]
        for row in rows { hosts[try row["host"]] = try Tenant(row) }
        return hosts
    }

    static func insert(
        publicID: String,
        name: String,
        at now: Timestamp,
        on db: any Connection
    ) throws -> ID<Tenant> {
        try db.inserted(
            """
            INSERT INTO tenant (public_id, name, created_at) VALUES (\(publicID), \(name), \(now)) RETURNING id
            """
        )
    }

    /// False when the host belongs to somebody already.
    static func insertHost(_ host: HostName, of tenant: ID<Tenant>, on db: any Connection) throws -> Bool {
        try db.execute(
            """
            INSERT INTO tenant_host (host, tenant_id) VALUES (\(host.text), \(tenant)) ON CONFLICT (host) DO NOTHING
            """
        ) == 1
    }
}
