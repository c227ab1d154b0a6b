import Foundation
import Persistence
import TestSupport
import Testing

/// The same random operations on both engines give the same answers.
@Suite(.enabled(if: TestCluster.url != nil, "needs MEDIASHARE_TEST_POSTGRES"))
struct DifferentialTests {
    @Test("Three hundred random transactions answer the same on both engines")
    func agree() async throws {
        let seed =
            ProcessInfo.processInfo.environment["MEDIASHARE_TEST_SEED"].flatMap { UInt64($0) }
            ?? .random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let transactions = (0..<300).map { _ in
            (0..<Int.random(in: 1...4, using: &random)).map { _ in RandomOperation(using: &random) }
        }
        let sqlite = try await answers(.sqlite, transactions)
        let postgres = try await answers(.postgres, transactions)
        for (number, (one, other)) in zip(sqlite, postgres).enumerated() where one != other {
            Issue.record(
                "seed \(seed), transaction \(number): \(transactions[number])\nsqlite: \(one)\npostgres: \(other)"
            )
            return
        }
        // So that agreement is not that of two engines that refuse everything.
        #expect(sqlite.filter { $0.hasPrefix("ok") }.count > 100, "seed \(seed)")
        #expect(sqlite.filter { !$0.hasPrefix("ok") }.count > 10, "seed \(seed)")
    }

    private func answers(_ engine: Engine, _ transactions: [[RandomOperation]]) async throws -> [String] {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            var answers: [String] = []
            for operations in transactions {
                do {
                    let answer = try await database.write { db in try operations.map { try $0.run(on: db) } }
                    answers.append("ok \(answer)")
                } catch let violation as ConstraintViolation {
                    answers.append("\(violation.kind) \(violation.columns)")
                } catch {
                    answers.append("\(type(of: error))")
                }
            }
            return answers
        }
    }
}

/// SplitMix64: small, and the same on every machine.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
