import Persistence

extension Connection {
    /// Runs an `INSERT … RETURNING id` that always inserts, and answers the new row's id.
    func inserted<Subject>(_ sql: SQL) throws -> ID<Subject> {
        guard let id = try value(sql, as: ID<Subject>.self) else {
            throw RowError("an INSERT … RETURNING id answered no row")
        }
        return id
    }
}

extension String {
    /// The length as the database counts it: in code points, of which one emoji may have several.
    var codePoints: Int { unicodeScalars.count }

    /// Without white space around it, as people paste it.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
