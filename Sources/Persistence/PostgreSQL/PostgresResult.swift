import CLibPQ

/// An answer of the server; freed with its owner.
final class PostgresResult {
    let pointer: OpaquePointer?
    var columns = PostgresColumns.none

    init(_ pointer: OpaquePointer?) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    static func isGood(_ pointer: OpaquePointer?) -> Bool {
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_EMPTY_QUERY: true
        default: false
        }
    }

    var columnCount: Int { Int(PQnfields(pointer)) }

    func columnName(_ index: Int) -> String { String(cString: PQfname(pointer, Int32(index))) }

    func columnType(_ index: Int) -> Oid { PQftype(pointer, Int32(index)) }

    /// How many rows an INSERT, UPDATE or DELETE touched; 0 for anything else.
    var changes: Int {
        let tag = String(cString: PQcmdStatus(pointer))
        guard !tag.hasPrefix("SELECT") else { return 0 }
        return Int(String(cString: PQcmdTuples(pointer))) ?? 0
    }

    var rows: [Row] {
        get throws {
            let decoders = columns.kinds
            return try (0..<PQntuples(pointer)).map { row in
                let values = try decoders.enumerated().map { index, kind in
                    let index = Int32(index)
                    guard PQgetisnull(pointer, row, index) == 0, let start = PQgetvalue(pointer, row, index) else {
                        return SQLValue.null
                    }
                    return try kind.decode(
                        UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(pointer, row, index)))
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
