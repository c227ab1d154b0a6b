/// Something that happened and is worth keeping: `AuditEvent("media.deleted", .media(id), details: [:])`.
///
/// The details stand beside the chain, so that they can be erased with the person that they name. Passwords, tokens and
/// other secrets never go into them.
package struct AuditEvent: Sendable, Hashable {
    /// `what.happened`, in the past tense: `account.signed_in`.
    package let action: String
    package let subject: AuditSubject?
    package let details: [String: String]
    /// Whose business it was when somebody acted for another.
    package let onBehalfOf: ID<Account>?

    package init(
        _ action: String,
        _ subject: AuditSubject?,
        details: [String: String] = [:],
        onBehalfOf: ID<Account>? = nil
    ) {
        self.action = action
        self.subject = subject
        self.details = details
        self.onBehalfOf = onBehalfOf
    }
}

/// What an entry speaks of: a kind and a number. Each feature adds its own in an extension.
package struct AuditSubject: Sendable, Hashable {
    package let kind: String
    package let id: Int64

    package init(kind: String, id: Int64) {
        self.kind = kind
        self.id = id
    }

    package static func account(_ id: ID<Account>) -> AuditSubject { AuditSubject(kind: "account", id: id.value) }
    package static func tenant(_ id: ID<Tenant>) -> AuditSubject { AuditSubject(kind: "tenant", id: id.value) }
    package static func session(_ id: ID<Session>) -> AuditSubject { AuditSubject(kind: "session", id: id.value) }
    package static func apiToken(_ id: ID<APIToken>) -> AuditSubject { AuditSubject(kind: "api_token", id: id.value) }
}
