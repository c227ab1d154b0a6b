import Core
import Foundation
import Web

/// What the address of the audit trail asks for. Days are those of UTC, as the trail's times are.
struct AuditView: Sendable, Hashable {
    /// Usernames.
    var actor = ""
    var subject = ""
    var action = ""
    /// `2026-01-31`; the whole of the last day is in it.
    var since = ""
    var until = ""

    /// Every part by its name in the address; nil where it is left out.
    var query: [(String, String?)] {
        [("actor", actor), ("subject", subject), ("action", action), ("since", since), ("until", until)]
            .map { ($0.0, $0.1.isEmpty ? nil : $0.1) }
    }

    var isFiltered: Bool { self != AuditView() }

    /// Nil where there is none of that name, or no such day: then nothing is found.
    func filter(
        actorID: ID<Account>?,
        subjectID: ID<Account>?
    ) -> Audit.Filter? {
        guard actor.isEmpty || actorID != nil, subject.isEmpty || subjectID != nil else { return nil }
        var filter = Audit.Filter(
            actor: actorID,
            subject: subjectID.map(AuditSubject.account),
            action: action.isEmpty ? nil : action
        )
        if !since.isEmpty {
            guard let day = Self.day(since) else { return nil }
            filter.since = day
        }
        if !until.isEmpty {
            guard let day = Self.day(until) else { return nil }
            filter.until = day + .days(1)
        }
        return filter
    }

    private static func day(_ text: String) -> Timestamp? {
        guard let date = try? Date(text, strategy: .iso8601.year().month().day()) else { return nil }
        return Timestamp(milliseconds: Int64(date.timeIntervalSince1970) * 1000)
    }
}

extension Links {
    static func audit(_ view: AuditView = AuditView(), after cursor: String? = nil) -> Link {
        Link(path: "admin", "audit", query: view.query + [("after", cursor)])
    }

    /// - Parameter format: `csv` or `jsonl`.
    static func auditExport(_ view: AuditView, _ format: AuditFormat) -> Link {
        Link(path: "admin", "audit", "export", query: view.query + [("format", format.rawValue)])
    }
}
