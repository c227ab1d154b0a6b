import Crypto
import Foundation

/// How entries hang together: each seal covers the one before it, so nothing in between can be changed, removed or put
/// in without every later seal being wrong. Pure functions; whoever reads and writes rows is elsewhere.
enum AuditChain {
    /// What the first entry is chained to.
    static let start = [UInt8](repeating: 0, count: 32)

    /// Covers personal data without revealing it: with the salt gone, nobody can try out what it was.
    static func commitment(salt: [UInt8], content: String) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: salt)
        hash.update(data: Data(content.utf8))
        return Array(hash.finalize())
    }

    static func seal(_ link: Link, after previous: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: previous)
        hash.update(data: link.encoded)
        return Array(hash.finalize())
    }

    /// What a seal covers.
    struct Link: Sendable {
        let sequence: Int64
        let entry: AuditEntry
        let commitment: [UInt8]

        /// Every field with its length before it, so that no two different entries encode the same.
        var encoded: Data {
            let fields: [String?] = [
                String(sequence), String(entry.id.value), String(entry.tenant.value),
                String(entry.happenedAt.milliseconds), entry.action, entry.actorKind.rawValue,
                entry.actor.map { String($0.value) }, entry.onBehalfOf.map { String($0.value) },
                entry.subject?.kind, entry.subject.map { String($0.id) }, entry.requestID,
            ]
            var data = Data()
            for field in fields {
                guard let field else {
                    data.append(Data("-;".utf8))
                    continue
                }
                data.append(Data("\(field.utf8.count):\(field);".utf8))
            }
            data.append(contentsOf: commitment)
            return data
        }
    }
}
