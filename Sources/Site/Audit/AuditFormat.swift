import Core
import NIOCore
import Web

/// How the trail leaves the platform: a table, or one JSON object on each line.
enum AuditFormat: String, Sendable, CaseIterable {
    case csv, jsonl

    var contentType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .jsonl: "application/jsonl"
        }
    }

    var head: ByteBuffer? {
        switch self {
        case .csv:
            var csv = CSVWriter()
            csv.row([
                "id", "time", "action", "actor", "on_behalf_of", "subject_kind", "subject", "address", "user_agent",
                "request_id", "sequence", "details",
            ])
            return ByteBuffer(bytes: csv.bytes)
        case .jsonl: return nil
        }
    }

    /// - Parameter names: usernames of those accounts that are still there.
    func lines(_ entries: [AuditEntry], _ names: [ID<Account>: String]) -> ByteBuffer {
        switch self {
        case .csv:
            var csv = CSVWriter()
            for entry in entries { csv.row(entry.cells(names)) }
            return ByteBuffer(bytes: csv.bytes)
        case .jsonl:
            var bytes: [UInt8] = []
            for entry in entries {
                var json = JSONWriter()
                json.object { entry.write(names, to: &$0) }
                bytes += json.bytes
                bytes.append(UInt8(ascii: "\n"))
            }
            return ByteBuffer(bytes: bytes)
        }
    }
}

extension AuditEntry {
    /// Accounts that the entry names.
    var accounts: [ID<Account>] {
        [actor, onBehalfOf, subject?.account].compactMap { $0 }
    }

    func name(_ id: ID<Account>?, _ names: [ID<Account>: String]) -> String? {
        id.map { names[$0] ?? "#\($0)" }
    }

    func subjectName(_ names: [ID<Account>: String]) -> String? {
        subject.map { subject in name(subject.account, names) ?? "#\(subject.id)" }
    }

    fileprivate func cells(_ names: [ID<Account>: String]) -> [String?] {
        let details = (personal?.details ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return [
            id.description, happenedAt.rfc3339, action, name(actor, names) ?? actorKind.rawValue,
            name(onBehalfOf, names), subject?.kind, subjectName(names), personal?.address, personal?.userAgent,
            requestID, sequence.map(String.init), details.joined(separator: "; "),
        ]
    }

    fileprivate func write(_ names: [ID<Account>: String], to json: inout JSONWriter) {
        json.member("id", id.value)
        json.member("time", happenedAt.rfc3339)
        json.member("action", action)
        json.member("actor", name(actor, names) ?? actorKind.rawValue)
        json.member("on_behalf_of", name(onBehalfOf, names))
        json.member("subject_kind", subject?.kind)
        json.member("subject", subjectName(names))
        json.member("address", personal?.address)
        json.member("user_agent", personal?.userAgent)
        json.member("request_id", requestID)
        json.member("sequence", sequence)
        json.member("details") { json in
            json.array { json in
                for (key, value) in (personal?.details ?? [:]).sorted(by: { $0.key < $1.key }) {
                    json.object { json in
                        json.member("name", key)
                        json.member("value", value)
                    }
                }
            }
        }
    }
}

extension AuditSubject {
    /// The account that is spoken of, where it is one.
    var account: ID<Account>? { kind == "account" ? ID(id) : nil }
}
