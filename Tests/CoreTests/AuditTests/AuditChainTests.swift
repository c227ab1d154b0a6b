import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("The audit chain")
struct AuditChainTests {
    private struct Trail: Sendable {
        let database: any Database
        let audit: Audit
        let sealing: AuditSealing

        func record(_ count: Int, by actor: Int64 = 1) async throws {
            let scope = Scope(
                actor: .account(ID(actor)),
                tenant: .platform,
                permissions: [],
                origin: Scope.Origin(address: "192.0.2.\(actor)", userAgent: "B", requestID: "r")
            )
            try await database.write { db in
                for number in 0..<count {
                    try Audit.record(
                        AuditEvent(
                            "thing.done",
                            .account(ID(Int64(number))),
                            details: ["n": "\(number)"]
                        ),
                        in: scope,
                        at: TestEffects.start,
                        on: db
                    )
                }
            }
        }

        func change(_ sql: SQL) async throws {
            try await database.write { db in _ = try db.execute(sql) }
        }
    }

    private func withTrail(_ engine: Engine, _ body: (Trail) async throws -> Void) async throws {
        try await withDatabase(engine) { database in
            try await body(
                Trail(
                    database: database,
                    audit: Audit(database: database, effects: TestEffects().effects),
                    sealing: AuditSealing(database: database)
                )
            )
        }
    }

    @Test("An empty trail is whole", arguments: Engine.available)
    func empty(engine: Engine) async throws {
        try await withTrail(engine) { trail async throws in
            #expect(try await trail.sealing.seal() == 0)
            let hex = String(repeating: "0", count: 64)
            #expect(try await trail.audit.verify() == .intact(entries: 0, erased: 0, unsealed: 0, end: hex))
        }
    }

    @Test(
        "Sealed entries verify, in several batches, and those not yet sealed are counted",
        arguments: Engine.available
    )
    func intact(engine: Engine) async throws {
        try await withTrail(engine) { trail in
            try await trail.record(1203)
            #expect(try await trail.sealing.seal() == 1203)
            try await trail.record(2)
            guard case .intact(let entries, let erased, let unsealed, _) = try await trail.audit.verify() else {
                Issue.record("broken")
                return
            }
            #expect(entries == 1203 && erased == 0 && unsealed == 2)
        }
    }

    @Test("Sealing goes on where it stopped, and the end changes with every entry", arguments: Engine.available)
    func goesOn(engine: Engine) async throws {
        try await withTrail(engine) { trail in
            var ends: Set<String> = []
            for round in 1...4 {
                try await trail.record(1)
                #expect(try await trail.sealing.seal() == 1)
                guard case .intact(let entries, _, _, let end) = try await trail.audit.verify() else {
                    Issue.record("broken")
                    return
                }
                #expect(entries == Int64(round))
                ends.insert(end)
            }
            #expect(ends.count == 4)
        }
    }

    /// Fails on PostgreSQL when the chain's end is not locked.
    @Test("Four sealers at once seal each entry once", arguments: Engine.available)
    func sealers(engine: Engine) async throws {
        try await withTrail(engine) { trail in
            try await trail.record(700)
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await trail.sealing.seal() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.reduce(0, +) == 700)
            guard case .intact(700, 0, 0, _) = try await trail.audit.verify() else {
                Issue.record("broken")
                return
            }
        }
    }

    @Test("Erasing a person leaves the chain whole", arguments: Engine.available)
    func erasure(engine: Engine) async throws {
        try await withTrail(engine) { trail in
            try await trail.record(3, by: 50)
            try await trail.record(2, by: 60)
            _ = try await trail.sealing.seal()
            #expect(try await trail.audit.erase(ID(50), in: .system()) == 3)
            _ = try await trail.sealing.seal()
            guard case .intact(let entries, let erased, _, _) = try await trail.audit.verify() else {
                Issue.record("broken")
                return
            }
            #expect(entries == 6 && erased == 3)
            let left = try await trail.audit.list(Audit.Filter(actor: ID(50)), in: .system()).items
            #expect(left.count == 3 && left.allSatisfy { $0.personal == nil })
        }
    }

    @Test("Every kind of meddling is found, and the first broken entry is named", arguments: Engine.available)
    func meddling(engine: Engine) async throws {
        let meddlings: [(SQL, Int64, AuditVerification.Problem)] = [
            ("UPDATE audit_entry SET actor_id = 99 WHERE sequence = 4", 4, .changed),
            ("UPDATE audit_entry SET action = 'nothing.done' WHERE sequence = 4", 4, .changed),
            ("UPDATE audit_entry SET happened_at = happened_at + 1 WHERE sequence = 4", 4, .changed),
            ("UPDATE audit_entry SET subject_id = NULL, subject_kind = NULL WHERE sequence = 4", 4, .changed),
            ("UPDATE audit_entry SET request_id = NULL WHERE sequence = 4", 4, .changed),
            ("UPDATE audit_entry SET tenant_id = 2 WHERE sequence = 1", 1, .changed),
            ("UPDATE audit_personal SET content = '{}' WHERE entry_id = 5", 5, .personalChanged),
            ("UPDATE audit_personal SET content = 'no JSON' WHERE entry_id = 5", 5, .personalChanged),
            ("DELETE FROM audit_entry WHERE sequence = 4", 4, .missing),
            ("DELETE FROM audit_entry WHERE sequence = 10", 10, .missing),
            ("DELETE FROM audit_entry", 1, .missing),
            ("UPDATE audit_entry SET sequence = sequence + 100 WHERE sequence = 10", 10, .missing),
            ("UPDATE audit_chain SET sequence = 9", 9, .endMoved),
            ("DELETE FROM audit_chain", 1, .endMoved),
        ]
        for (sql, sequence, problem) in meddlings {
            try await withTrail(engine) { trail in
                try await trail.record(10)
                _ = try await trail.sealing.seal()
                try await trail.change(sql)
                let verification = try await trail.audit.verify()
                guard case .broken(let foundAt, _, let found) = verification else {
                    Issue.record("\(sql) was not found")
                    return
                }
                #expect(foundAt == sequence && found == problem, "\(sql): \(verification)")
            }
        }
    }

    @Test("Two swapped entries are found", arguments: Engine.available)
    func swapped(engine: Engine) async throws {
        try await withTrail(engine) { trail in
            try await trail.record(5)
            _ = try await trail.sealing.seal()
            try await trail.change("UPDATE audit_entry SET sequence = -2 WHERE sequence = 2")
            try await trail.change("UPDATE audit_entry SET sequence = 2 WHERE sequence = 3")
            try await trail.change("UPDATE audit_entry SET sequence = 3 WHERE sequence = -2")
            guard case .broken(sequence: 2, entry: ID(3)?, problem: .changed) = try await trail.audit.verify() else {
                Issue.record("not found")
                return
            }
        }
    }

    @Test("No two different entries are encoded alike")
    func encoding() {
        let one = AuditChain.commitment(salt: [1, 2], content: "3")
        let two = AuditChain.commitment(salt: [1], content: "23")
        #expect(one != two)
    }
}
