import Persistence

/// All SQL of the list of people.
///
/// Whoever sees everybody gets the list in the order of an index. Whoever sees a subtree, or asks for one, gets it from
/// the subtree, which is small; to look for few among all would cost more than to sort them.
enum PeopleQueries {
    /// A search looks at this many names and at this many addresses, so that one letter costs no more than a name.
    static let mostCandidates = 1000

    /// Throws `Failure.badCursor`.
    static func page(_ request: PeopleRequest, below parent: ID<Account>?, in scope: Scope) throws(Failure) -> SQL {
        let (column, direction, kind) = order(request.sort)
        let behind = try request.cursor?.behind(column, "a.id", direction, key: kind) ?? .empty
        return """
            SELECT \(Account.columns) FROM \(source(request, below: parent, in: scope, and: behind))
            ORDER BY \(column) \(direction.sql), a.id \(direction.sql) LIMIT \(request.limit + 1)
            """
    }

    static func count(_ request: PeopleRequest, below parent: ID<Account>?, in scope: Scope) -> SQL {
        """
        SELECT count(*) FROM (
            SELECT a.id FROM \(source(request, below: parent, in: scope, and: .empty))
            LIMIT \(PeoplePage.mostCounted + 1)) counted
        """
    }

    static func cursor(of account: Account, _ sort: PeopleRequest.Sort) -> Cursor {
        switch sort {
        case .newest, .oldest: Cursor(.number(account.createdAt.milliseconds), id: account.id.value)
        case .username: Cursor(.text(account.username.lowercased()), id: account.id.value)
        case .storage: Cursor(.number(account.storageUsed), id: account.id.value)
        }
    }

    static func find(username: String, in scope: Scope) -> SQL {
        """
        SELECT a.id FROM account a
        WHERE a.tenant_id = \(scope.tenant) AND a.username_key = \(username.trimmed.lowercased())
            AND \(scope.sees("a.id"))
        """
    }

    private static func order(_ sort: PeopleRequest.Sort) -> (SQL, Cursor.Direction, Cursor.SortKind) {
        switch sort {
        case .newest: ("a.created_at", .descending, .number)
        case .oldest: ("a.created_at", .ascending, .number)
        case .username: ("a.username_key", .ascending, .text)
        case .storage: ("a.storage_used", .descending, .number)
        }
    }

    /// What follows FROM, up to the end of the conditions.
    private static func source(
        _ request: PeopleRequest,
        below parent: ID<Account>?,
        in scope: Scope,
        and behind: SQL
    ) -> SQL {
        let type: SQL = "CROSS JOIN user_type ut"
        let conditions = ["ut.id = a.user_type_id", behind] + filters(request, in: scope)
        let prefix = Prefix(request.search)
        if let root = parent ?? subtree(of: scope) {
            let own: SQL = parent == nil ? .empty : "s.depth > 0"
            let all: [SQL] = ["s.ancestor_id = \(root) AND a.id = s.descendant_id", own, prefix?.anywhere ?? SQL.empty]
            return """
                account_tree s CROSS JOIN account a \(type)
                WHERE \((all + conditions + [scope.sees("a.id")]).joined(" AND "))
                """
        }
        guard let prefix else {
            return "account a \(type) WHERE \((conditions + [scope.sees("a.id")]).joined(" AND "))"
        }
        let inner = filters(request, in: scope) + [scope.sees("a.id")]
        return """
            (SELECT id FROM (\(candidates("a.username_key", prefix, inner))) names
                UNION SELECT id FROM (\(candidates("a.email_key", prefix, inner))) addresses) c
            CROSS JOIN account a \(type) WHERE a.id = c.id AND \(conditions.joined(" AND "))
            """
    }

    /// Whose subtree is all that the scope sees; nil for those who see everybody.
    private static func subtree(of scope: Scope) -> ID<Account>? {
        scope.may(.manageAll) ? nil : scope.account
    }

    private static func candidates(_ column: SQL, _ prefix: Prefix, _ conditions: [SQL]) -> SQL {
        """
        SELECT a.id FROM account a WHERE \(([prefix.of(column)] + conditions).joined(" AND "))
        ORDER BY \(column), a.id LIMIT \(mostCandidates)
        """
    }

    /// Where two filters meet, the sign before one of them leaves the index to the other: few are suspended, closed or
    /// unproven, and few types are those of many.
    private static func filters(_ request: PeopleRequest, in scope: Scope) -> [SQL] {
        var conditions: [SQL] = ["a.tenant_id = \(scope.tenant)"]
        let type: SQL? = request.type.map { "(SELECT id FROM user_type WHERE code = \($0))" }
        switch request.state {
        case nil:
            if let type { conditions.append("a.user_type_id = \(type)") }
        case .active:
            let status: SQL = type == nil ? "a.status" : .either(sqlite: "+a.status", postgres: "a.status")
            if let type { conditions.append("a.user_type_id = \(type)") }
            conditions.append("\(status) = 'active'")
        case .suspended:
            if let type { conditions.append("+a.user_type_id = \(type)") }
            conditions.append("a.status = 'suspended'")
        case .closed:
            if let type { conditions.append("+a.user_type_id = \(type)") }
            conditions.append("a.status = 'closed'")
        case .unverified:
            if let type { conditions.append("+a.user_type_id = \(type)") }
            conditions.append("a.email_verified_at IS NULL")
        }
        return conditions
    }

    /// The beginning of a folded name or address.
    private struct Prefix {
        let first: String
        /// Behind everything that begins so: no text holds this scalar, and it sorts last.
        var end: String { first + "\u{10FFFF}" }

        init?(_ typed: String) {
            let text = String(typed.trimmed.lowercased().unicodeScalars.prefix(254).filter { $0.value != 0 })
            guard !text.isEmpty else { return nil }
            first = text
        }

        func of(_ column: SQL) -> SQL { "\(column) >= \(first) AND \(column) < \(end)" }

        var anywhere: SQL { "(\(of("a.username_key")) OR \(of("a.email_key")))" }
    }
}
