import Foundation
import Persistence

/// What walking along the chain found.
package enum AuditVerification: Sendable, Hashable {
    /// Every seal is right. The end's seal in hexadecimal is worth writing down elsewhere: whoever has it can notice
    /// later that a whole chain was made anew.
    case intact(entries: Int64, erased: Int64, unsealed: Int64, end: String)
    /// The first entry that is not as it was sealed.
    case broken(sequence: Int64, entry: ID<AuditEntry>?, problem: Problem)

    package enum Problem: String, Sendable, Hashable {
        case missing = "An entry is missing."
        case changed = "The entry is not as it was when it was sealed."
        case personalChanged = "The entry's details are not as they were when it was sealed."
        case endMoved = "The chain ends elsewhere than its end says."
    }
}

extension Audit {
    /// Walks the whole chain in steps of a thousand entries and stops at the first that is broken. Erased personal data
    /// is no break. Entries that are sealed meanwhile are not looked at.
    package func verify() async throws -> AuditVerification {
        let end = try await database.read { db in try AuditSealQueries.end(on: db) }
        var previous = AuditChainEnd(sequence: 0, seal: AuditChain.start)
        var erased: Int64 = 0
        while previous.sequence < end.sequence {
            let from = previous.sequence
            let links = try await database.read { db in
                try AuditSealQueries.links(after: from, upTo: end.sequence, limit: 1000, on: db)
            }
            if links.isEmpty { return .broken(sequence: from + 1, entry: nil, problem: .missing) }
            for link in links {
                if let problem = link.problem(after: previous) {
                    let entry = problem == .missing ? nil : link.link.entry.id
                    return .broken(sequence: previous.sequence + 1, entry: entry, problem: problem)
                }
                if link.isErased { erased += 1 }
                previous = AuditChainEnd(sequence: link.link.sequence, seal: link.seal)
            }
        }
        guard previous == end else { return .broken(sequence: end.sequence, entry: nil, problem: .endMoved) }
        let beyond = try await database.read { db in try AuditSealQueries.count(on: db) }
        if beyond.sealed > beyond.end { return .broken(sequence: beyond.end + 1, entry: nil, problem: .endMoved) }
        let hex = end.seal.map { String(format: "%02x", $0) }.joined()
        return .intact(entries: end.sequence, erased: erased, unsealed: beyond.unsealed, end: hex)
    }
}

/// A sealed entry as it stands in the database now.
struct SealedLink: Sendable {
    let link: AuditChain.Link
    let seal: [UInt8]
    let salt: [UInt8]?
    let content: String?

    var isErased: Bool { content == nil }

    func problem(after previous: AuditChainEnd) -> AuditVerification.Problem? {
        guard link.sequence == previous.sequence + 1 else { return .missing }
        guard seal == AuditChain.seal(link, after: previous.seal) else { return .changed }
        if let salt, let content, AuditChain.commitment(salt: salt, content: content) != link.commitment {
            return .personalChanged
        }
        return nil
    }
}
