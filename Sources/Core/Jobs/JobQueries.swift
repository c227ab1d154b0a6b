import Foundation
import Persistence

/// All SQL of the queue.
enum JobQueries {
    static func insert(_ request: JobRequest, now: Timestamp) throws -> SQL {
        let payload = try JobPayload.encode(request.payload)
        return """
            INSERT INTO job (kind, payload, tenant_id, owner_id, state, priority, unique_key, run_after, max_attempts,
                created_at)
            VALUES (\(request.kind), \(payload), \(request.tenant), \(request.owner), \(JobState.waiting),
                \(request.priority), \(request.uniqueKey), \(request.runAfter ?? now), \(request.maxAttempts), \(now))
            ON CONFLICT DO NOTHING
            RETURNING id
            """
    }

    static func withKey(_ key: String) -> SQL {
        "SELECT id FROM job WHERE unique_key = \(key) AND state IN ('waiting', 'running')"
    }

    /// Takes up to `limit` jobs of these kinds. Workers on PostgreSQL pass each other by; on SQLite they queue.
    static func claim(kinds: [JobKind], limit: Int, worker: String, now: Timestamp, leaseUntil: Timestamp) -> SQL {
        """
        UPDATE job SET state = 'running', attempt = attempt + 1, fence = fence + 1, worker = \(worker),
            lease_until = \(leaseUntil), started_at = \(now), progress = NULL, message = NULL
        WHERE id IN (
            SELECT id FROM job
            WHERE state = 'waiting' AND run_after <= \(now) AND kind \(any: kinds)
            ORDER BY priority, run_after, id LIMIT \(limit)
            \(.either(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED"))
        )
        RETURNING id, kind, payload, attempt, max_attempts, fence, tenant_id, owner_id
        """
    }

    /// Extends the lease; answers whether a cancel was asked for, or no row when the lease is lost.
    static func heartbeat(_ claim: JobClaim, until: Timestamp) -> SQL {
        """
        UPDATE job SET lease_until = \(until)
        WHERE id = \(claim.id) AND fence = \(claim.fence) AND state = 'running'
        RETURNING cancel_asked
        """
    }

    static func report(_ claim: JobClaim, progress: Double?, message: String?, until: Timestamp) -> SQL {
        """
        UPDATE job SET lease_until = \(until), progress = \(progress), message = \(message)
        WHERE id = \(claim.id) AND fence = \(claim.fence) AND state = 'running'
        RETURNING cancel_asked
        """
    }

    /// Ends a run. No row changes when the lease is lost.
    static func finish(_ claim: JobClaim, as state: JobState, error: String?, runAfter: Timestamp, now: Timestamp)
        -> SQL
    {
        """
        UPDATE job SET state = \(state), lease_until = NULL, worker = NULL, last_error = \(error),
            run_after = \(runAfter), finished_at = \(state.isFinished ? now : nil),
            progress = \(state == .done ? 1.0 : nil)
        WHERE id = \(claim.id) AND fence = \(claim.fence) AND state = 'running'
        """
    }

    /// Jobs whose worker has gone silent: they wait again at once, or end when no attempt is left.
    static func expireLeases(now: Timestamp) -> SQL {
        """
        UPDATE job SET
            state = CASE WHEN cancel_asked = 1 THEN 'cancelled' WHEN attempt >= max_attempts THEN 'dead' ELSE 'waiting' END,
            finished_at = CASE WHEN cancel_asked = 1 OR attempt >= max_attempts THEN \(now) ELSE NULL END,
            last_error = 'The worker went silent.', lease_until = NULL, worker = NULL, progress = NULL, message = NULL
        WHERE id IN (
            SELECT id FROM job WHERE state = 'running' AND lease_until < \(now) ORDER BY lease_until LIMIT 1000
            \(.either(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED"))
        )
        """
    }

    static func find(_ id: ID<Job>, in scope: Scope) -> SQL {
        "SELECT \(Job.columns) FROM job WHERE id = \(id) AND \(scope.sees("owner_id"))"
    }

    static func load(_ ids: [ID<Job>]) -> SQL {
        "SELECT \(Job.columns) FROM job WHERE id \(any: ids)"
    }

    static func setState(_ id: ID<Job>, from old: JobState, to new: JobState, now: Timestamp) -> SQL {
        """
        UPDATE job SET state = \(new), finished_at = \(new.isFinished ? now : nil), cancel_asked = 0,
            attempt = CASE WHEN \(new.rawValue) = 'waiting' THEN 0 ELSE attempt END, run_after = \(now)
        WHERE id = \(id) AND state = \(old)
        """
    }

    static func askCancel(_ id: ID<Job>) -> SQL {
        "UPDATE job SET cancel_asked = 1 WHERE id = \(id) AND state = 'running'"
    }

    static func sweep(before: Timestamp) -> SQL {
        """
        DELETE FROM job WHERE id IN (
            SELECT id FROM job WHERE finished_at IS NOT NULL AND finished_at < \(before) AND state <> 'dead'
            ORDER BY finished_at LIMIT 5000
        )
        """
    }

    static func plan(_ kind: JobKind, at first: Timestamp) -> SQL {
        "INSERT INTO job_schedule (kind, next_at) VALUES (\(kind), \(first)) ON CONFLICT (kind) DO NOTHING"
    }

    static func takeTurn(_ kind: JobKind, now: Timestamp, next: Timestamp) -> SQL {
        "UPDATE job_schedule SET next_at = \(next) WHERE kind = \(kind) AND next_at <= \(now)"
    }

    static func pending(_ kind: JobKind) -> SQL {
        "SELECT COUNT(*) FROM job WHERE kind = \(kind) AND state IN ('waiting', 'running')"
    }

    static func counts() -> SQL {
        "SELECT state, COUNT(*) AS count FROM job GROUP BY state"
    }
}

/// A job's details travel as a flat JSON object of texts.
enum JobPayload {
    static func encode(_ payload: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(payload), as: UTF8.self)
    }

    static func decode(_ text: String) throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }
}
