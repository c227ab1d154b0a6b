import Persistence

/// What somebody tried to do without the permission for it.
package struct RefusedAttempt: Sendable, Hashable {
    package let method: String
    /// Without the query, which may hold what is nobody's business.
    package let path: String
    /// Of the `Failure`.
    package let code: String

    package init(method: String, path: String, code: String) {
        self.method = method
        self.path = path
        self.code = code
    }
}

extension Audit {
    /// Nothing has changed, so that this entry stands in a transaction of its own.
    package func recordRefusal(_ attempt: RefusedAttempt, in scope: Scope) async throws {
        let now = effects.now()
        let details = [
            "method": String(attempt.method.prefix(16)), "path": String(attempt.path.prefix(200)),
            "reason": attempt.code,
        ]
        try await database.write { db in
            try Audit.record(AuditEvent("access.refused", nil, details: details), in: scope, at: now, on: db)
        }
    }
}
