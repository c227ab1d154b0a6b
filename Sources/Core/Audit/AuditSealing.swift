package import Persistence

/// Chains entries after the transactions that wrote them: a chain's end is one hot row, and no business transaction may
/// touch that.
package struct AuditSealing: Sendable {
    private let database: any Database

    package init(database: any Database) {
        self.database = database
    }

    /// How many entries one transaction seals.
    private static let batch = 500

    /// Seals every entry that is not sealed yet, lowest id first; answers how many. The chain's end is locked
    /// meanwhile, so of two sealers one waits for the other. An entry whose transaction ends later than that of a
    /// higher id is sealed by the next run: the chain's order is the order of sealing.
    package func seal() async throws -> Int {
        var total = 0
        while true {
            let count = try await database.write(.locking) { db in try Self.sealBatch(on: db) }
            total += count
            if count < Self.batch { return total }
        }
    }

    private static func sealBatch(on db: any Connection) throws -> Int {
        var end = try AuditSealQueries.lockEnd(on: db)
        let waiting = try AuditSealQueries.unsealed(limit: batch, on: db)
        guard !waiting.isEmpty else { return 0 }
        for (entry, commitment) in waiting {
            let link = AuditChain.Link(sequence: end.sequence + 1, entry: entry, commitment: commitment)
            end = AuditChainEnd(sequence: link.sequence, seal: AuditChain.seal(link, after: end.seal))
            try AuditSealQueries.seal(entry.id, with: end, on: db)
        }
        try AuditSealQueries.moveEnd(to: end, on: db)
        return waiting.count
    }
}

/// The last sealed entry.
struct AuditChainEnd: Sendable, Hashable {
    let sequence: Int64
    let seal: [UInt8]
}
