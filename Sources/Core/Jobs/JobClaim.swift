import Persistence

/// One run of a job by one worker. The fence rises with every claim: only the newest claim may report or finish.
struct JobClaim: Sendable {
    let id: ID<Job>
    let kind: JobKind
    let payload: [String: String]
    let attempt: Int
    let maxAttempts: Int
    let fence: Int64
    let tenant: ID<Tenant>
    let owner: ID<Account>?

    init(_ row: Row) throws {
        id = try row["id"]
        kind = try row["kind"]
        payload = try JobPayload.decode(try row["payload"])
        attempt = try row["attempt"]
        maxAttempts = try row["max_attempts"]
        fence = try row["fence"]
        tenant = try row["tenant_id"]
        owner = try row.optional("owner_id")
    }
}
