import CLibPQ

/// An answer of the server; freed with its owner.
final class PostgresResult {
    private let result: OpaquePointer?
    var columns = PostgresColumns.none

    init(_ result: OpaquePointer?) {
        self.result = result
    }

    deinit {
        PQclear(result)
    }

    var columnCount: Int { Int(PQnfields(result)) }

    func columnName(_ index: Int) -> String { String(cString: PQfname(result, Int32(index))) }

    func columnType(_ index: Int) -> Oid { PQftype(result, Int32(index)) }

    /// How many rows an INSERT, UPDATE or DELETE touched; 0 for anything else.
    var changes: Int {
        let tag = String(cString: PQcmdStatus(result))
        guard !tag.hasPrefix("SELECT") else { return 0 }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    var rows: [Row] {
        get throws {
            let decoders = columns.kinds
            return try (0..<PQntuples(result)).map { row in
                let values = try decoders.enumerated().map { index, kind in
                    let index = Int32(index)
                    guard PQgetisnull(result, row, index) == 0, let start = PQgetvalue(result, row, index) else {
                        return SQLValue.null
                    }
                    return try kind.decode(
                        UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, index)))
                    )
                }
                return Row(columns: columns.names, values: values)
            }
        }
    }
}

/// The names and types of an answer's columns.
struct PostgresColumns {
    static let none = PostgresColumns(names: Row.Columns([]), kinds: [])

    let names: Row.Columns
    let kinds: [PostgresValueKind]

    private init(names: Row.Columns, kinds: [PostgresValueKind]) {
        self.names = names
        self.kinds = kinds
    }

    init(_ result: PostgresResult) {
        names = Row.Columns((0..<result.columnCount).map(result.columnName))
        kinds = (0..<result.columnCount).map { PostgresValueKind(result.columnType($0)) }
    }
}
