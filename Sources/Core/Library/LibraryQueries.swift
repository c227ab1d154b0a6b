import Persistence

/// All SQL of lists and of the search index.
enum LibraryQueries {
    /// A search looks at this many of the newest matches, so that the commonest word costs no more than another.
    static let mostCandidates = 1000

    /// One row more than the page holds. Throws `Failure.badCursor`.
    static func page(_ request: LibraryRequest, in scope: Scope) throws(Failure) -> SQL {
        let after = try behind(request.cursor, request.sort)
        let words = request.search.map(SearchWords.init)
        guard let words, !words.isEmpty else {
            let conditions = filters(request, in: scope) + [after]
            return """
                SELECT \(LibraryItem.columns) FROM media m
                WHERE \(conditions.joined(" AND "))
                ORDER BY \(order(request.sort)) LIMIT \(request.limit + 1)
                """
        }
        let candidates = candidates(words, request, in: scope)
        return """
            SELECT \(LibraryItem.columns) FROM (\(candidates)) c JOIN media m ON m.id = c.media_id
            \(after.isEmpty ? "" : "WHERE " + after)
            ORDER BY \(order(request.sort)) LIMIT \(request.limit + 1)
            """
    }

    /// What every item of a list fulfils. Literals where a partial index needs to see them.
    private static func filters(_ request: LibraryRequest, in scope: Scope) -> [SQL] {
        let shelf: SQL =
            switch request.shelf {
            case .own: scope.account.map { "m.owner_id = \($0)" } ?? "FALSE"
            case .everybody: "m.tenant_id = \(scope.tenant) AND m.visibility = 'public'"
            case .managed: scope.sees("m.owner_id")
            }
        return [
            shelf, "m.deleted_at IS NULL", scope.suits("m.age_rating"),
            request.kind.map { "m.kind = \($0)" } ?? "",
            request.visibility.map { "m.visibility = \($0)" } ?? "",
        ]
    }

    private static func behind(_ cursor: Cursor?, _ sort: LibraryRequest.Sort) throws(Failure) -> SQL {
        guard let cursor else { return .empty }
        return switch sort {
        case .newest: try cursor.behind("m.created_at", "m.id", .descending, key: .number)
        case .oldest: try cursor.behind("m.created_at", "m.id", .ascending, key: .number)
        case .title: try cursor.behind("m.title_key", "m.id", .ascending, key: .text)
        case .size: try cursor.behind("m.size", "m.id", .descending, key: .number)
        case .duration: try cursor.behind("m.duration", "m.id", .descending, key: .number)
        }
    }

    private static func order(_ sort: LibraryRequest.Sort) -> SQL {
        switch sort {
        case .newest: "m.created_at DESC, m.id DESC"
        case .oldest: "m.created_at, m.id"
        case .title: "m.title_key, m.id"
        case .size: "m.size DESC, m.id DESC"
        case .duration: "m.duration DESC, m.id DESC"
        }
    }

    private static func candidates(_ words: SearchWords, _ request: LibraryRequest, in scope: Scope) -> SQL {
        let shelfWord: String? =
            switch request.shelf {
            case .own: scope.account.map(SearchWords.ownerWord)
            case .everybody: SearchWords.publicWord(scope.tenant)
            case .managed: nil
            }
        let conditions = filters(request, in: scope).joined(" AND ")
        return .either(
            sqlite: """
                SELECT media_search.rowid AS media_id FROM media_search CROSS JOIN media m ON m.id = media_search.rowid
                WHERE media_search MATCH \(words.fts5(shelfWord: shelfWord)) AND \(conditions)
                ORDER BY media_search.rowid DESC LIMIT \(mostCandidates)
                """,
            postgres: """
                SELECT s.media_id FROM media_search s JOIN media m ON m.id = s.media_id
                WHERE s.words @@ CAST(\(words.tsquery(shelfWord: shelfWord)) AS tsquery) AND \(conditions)
                ORDER BY s.media_id DESC LIMIT \(mostCandidates)
                """
        )
    }

    /// Puts an item into the index, or in it anew.
    static func index(_ id: ID<Media>, document: String) -> SQL {
        .either(
            sqlite: "INSERT OR REPLACE INTO media_search (rowid, words) VALUES (\(id), \(document))",
            postgres: """
                INSERT INTO media_search (media_id, words)
                VALUES (\(id), array_to_tsvector(string_to_array(\(document), ' ')))
                ON CONFLICT (media_id) DO UPDATE SET words = excluded.words
                """
        )
    }

    static func unindex(_ id: ID<Media>) -> SQL {
        .either(
            sqlite: "DELETE FROM media_search WHERE rowid = \(id)",
            postgres: "DELETE FROM media_search WHERE media_id = \(id)"
        )
    }

    static func failed(of account: ID<Account>, limit: Int, in scope: Scope) -> SQL {
        """
        SELECT \(LibraryItem.columns) FROM media m
        WHERE m.owner_id = \(account) AND m.deleted_at IS NULL AND m.status = 'failed'
            AND \(scope.suits("m.age_rating"))
        ORDER BY m.created_at DESC, m.id DESC LIMIT \(limit)
        """
    }

    static func storageByKind(of account: ID<Account>) -> SQL {
        """
        SELECT m.kind, COUNT(*) AS items, SUM(m.size) AS bytes FROM media m WHERE m.owner_id = \(account)
        GROUP BY m.kind ORDER BY bytes DESC, m.kind
        """
    }
}
