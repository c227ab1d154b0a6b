import Persistence
import TestSupport
import Testing

@testable import Core

/// A long trail, of which one byte is changed, again and again at another place.
@Suite("The audit chain, byte by byte")
struct AuditBytesTests {
    private static let length = 1500

    private func trail(_ database: any Database) async throws {
        let scope = Scope(
            actor: .account(ID(7)),
            tenant: .platform,
            permissions: [],
            origin: Scope.Origin(address: "192.0.2.7", userAgent: "Browser", requestID: "request")
        )
        try await database.write { db in
            for number in 0..<Self.length {
                let event = AuditEvent("thing.done", .account(ID(Int64(number))), details: ["n": "\(number)"])
                try Audit.record(event, in: scope, at: TestEffects.start, on: db)
            }
        }
        _ = try await AuditSealing(database: database).seal()
    }

    @Test("Whatever byte of whatever entry is changed, that entry is named", arguments: Engine.available)
    func bytes(engine: Engine) async throws {
        let seed = UInt64.random(in: .min ... .max)
        try await withDatabase(engine) { database in
            var random = SeededRandom(seed: seed)
            try await trail(database)
            let audit = Audit(database: database, effects: TestEffects().effects)
            for round in 0..<20 {
                let sequence = Int64.random(in: 1...Int64(Self.length), using: &random)
                let place = Int.random(in: 0..<1000, using: &random)
                let isSeal = round.isMultiple(of: 2)
                let column: SQL = isSeal ? "seal" : "commitment"
                let before: [UInt8] = try await database.read { db in
                    try db.value("SELECT \(column) FROM audit_entry WHERE sequence = \(sequence)") ?? []
                }
                var after = before
                after[place % after.count] ^= 1 << UInt8(place % 8)
                for (bytes, isWhole) in [(after, false), (before, true)] {
                    try await database.write { db in
                        try db.execute("UPDATE audit_entry SET \(column) = \(bytes) WHERE sequence = \(sequence)")
                    }
                    switch try await audit.verify() {
                    case .intact: #expect(isWhole, "seed \(seed), round \(round)")
                    case .broken(let found, _, _):
                        #expect(!isWhole && found == sequence, "seed \(seed), round \(round)")
                    }
                }
            }
        }
    }

    @Test("Whatever letter of what is known of a person is changed, that entry is named", arguments: Engine.available)
    func letters(engine: Engine) async throws {
        let seed = UInt64.random(in: .min ... .max)
        try await withDatabase(engine) { database in
            var random = SeededRandom(seed: seed)
            try await trail(database)
            let audit = Audit(database: database, effects: TestEffects().effects)
            for round in 0..<10 {
                let sequence = Int64.random(in: 1...Int64(Self.length), using: &random)
                let entry: SQL = "(SELECT id FROM audit_entry WHERE sequence = \(sequence))"
                let before: String = try await database.read { db in
                    try db.value("SELECT content FROM audit_personal WHERE entry_id = \(entry)") ?? ""
                }
                var letters = Array(before.unicodeScalars)
                let place = Int.random(in: 0..<letters.count, using: &random)
                letters[place] = letters[place] == "~" ? "!" : "~"
                let after = String(String.UnicodeScalarView(letters))
                for (content, isWhole) in [(after, false), (before, true)] {
                    try await database.write { db in
                        try db.execute("UPDATE audit_personal SET content = \(content) WHERE entry_id = \(entry)")
                    }
                    switch try await audit.verify() {
                    case .intact: #expect(isWhole, "seed \(seed), round \(round)")
                    case .broken(let found, _, let problem):
                        #expect(
                            !isWhole && found == sequence && problem == .personalChanged,
                            "seed \(seed), round \(round)"
                        )
                    }
                }
            }
        }
    }
}
