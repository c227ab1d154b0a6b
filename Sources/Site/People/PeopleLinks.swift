import Core
import Web

extension Links {
    static let administration = Link(path: "admin")
    static let peopleAct = Link(path: "admin", "users", "act")
    static let personAdd = Link(path: "admin", "users", "add")

    /// The list of people as it was asked for, from its start or after a cursor.
    static func people(_ request: PeopleRequest = PeopleRequest(), after cursor: String? = nil) -> Link {
        Link(path: "admin", "users", query: request.query + [("after", cursor)])
    }

    static func person(_ id: String) -> Link { Link(path: "admin", "users", id) }
    static func personEdit(_ id: String) -> Link { Link(path: "admin", "edit_user", id) }
    static func personNotes(_ id: String) -> Link { Link(path: "admin", "users", id, "notes") }
    static func personSessions(_ id: String) -> Link { Link(path: "admin", "users", id, "sessions") }
}

extension PeopleRequest {
    /// Every filter by its name in the address; nil where it is as usual.
    var query: [(String, String?)] {
        [
            ("q", search.isEmpty ? nil : search), ("type", type), ("state", state?.rawValue),
            ("parent", parent.isEmpty ? nil : parent), ("sort", sort == .newest ? nil : sort.rawValue),
        ]
    }
}
