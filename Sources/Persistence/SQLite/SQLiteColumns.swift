import Synchronization

/// The column names of statements that have run before, so that the rows of a repeated query share one list of names.
final class SQLiteColumns: Sendable {
    private let known = Mutex<[String: Row.Columns]>([:])

    func columns(of statement: SQLiteStatement, text: String) -> Row.Columns {
        known.withLock { known in
            if let columns = known[text], columns.names.count == statement.columnCount { return columns }
            let columns = Row.Columns(statement.columnNames)
            known[text] = columns
            return columns
        }
    }

    /// After a change of the schema.
    func forget() {
        known.withLock { $0.removeAll() }
    }
}
