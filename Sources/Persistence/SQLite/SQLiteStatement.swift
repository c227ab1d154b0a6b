import GRDB
import GRDBSQLite

/// A prepared statement, bound and stepped with SQLite's own functions: rows arrive without passing through GRDB's types.
struct SQLiteStatement {
    private let statement: GRDB.Statement
    private let handle: OpaquePointer

    init(_ statement: GRDB.Statement) {
        self.statement = statement
        handle = statement.sqliteStatement
    }

    var columnNames: [String] {
        (0..<sqlite3_column_count(handle)).map { String(cString: sqlite3_column_name(handle, $0)) }
    }

    var columnCount: Int { Int(sqlite3_column_count(handle)) }

    /// Values are copied by SQLite, so they need not outlive the call.
    func bind(_ values: [SQLValue]) throws {
        guard sqlite3_bind_parameter_count(handle) == values.count else {
            throw DatabaseError(resultCode: .SQLITE_RANGE, message: "wrong number of parameters", sql: statement.sql)
        }
        var index: Int32 = 0
        for value in values {
            index += 1
            try check(bind(value, at: index))
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) throws -> Int32 {
        switch value {
        case .null:
            return sqlite3_bind_null(handle, index)
        case .integer(let integer):
            return sqlite3_bind_int64(handle, index, integer)
        case .real(let real):
            return sqlite3_bind_double(handle, index, real)
        case .text(var text):
            return try text.withUTF8 { bytes in
                guard !bytes.contains(0) else { throw UnstorableText() }
                return bytes.withMemoryRebound(to: CChar.self) { characters in
                    sqlite3_bind_text(
                        handle,
                        index,
                        characters.baseAddress ?? Self.empty,
                        Int32(bytes.count),
                        Self.copied
                    )
                }
            }
        case .blob(let blob):
            // A nil pointer would bind NULL instead of no bytes.
            return blob.withUnsafeBytes { bytes in
                sqlite3_bind_blob(
                    handle,
                    index,
                    bytes.baseAddress ?? UnsafeRawPointer(Self.empty),
                    Int32(bytes.count),
                    Self.copied
                )
            }
        }
    }

    /// Whether there is a row.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            try check(code)
            return false
        }
    }

    func reset() {
        // Answers the code of the failure that `step` has already thrown.
        _ = sqlite3_reset(handle)
    }

    func values(count: Int) -> [SQLValue] {
        [SQLValue](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count {
                buffer.initializeElement(at: index, to: value(at: Int32(index)))
            }
            initialized = count
        }
    }

    private func value(at index: Int32) -> SQLValue {
        switch sqlite3_column_type(handle, index) {
        case SQLITE_INTEGER:
            .integer(sqlite3_column_int64(handle, index))
        case SQLITE_FLOAT:
            .real(sqlite3_column_double(handle, index))
        case SQLITE_TEXT:
            .text(
                String(
                    decoding: UnsafeBufferPointer(
                        start: sqlite3_column_text(handle, index),
                        count: Int(sqlite3_column_bytes(handle, index))
                    ),
                    as: UTF8.self
                )
            )
        case SQLITE_BLOB:
            .blob(
                Array(
                    UnsafeRawBufferPointer(
                        start: sqlite3_column_blob(handle, index),
                        count: Int(sqlite3_column_bytes(handle, index))
                    )
                )
            )
        default:
            .null
        }
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else {
            let connection = sqlite3_db_handle(handle)
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection)),
                sql: statement.sql
            )
        }
    }

    /// SQLITE_TRANSIENT, a macro that Swift cannot import: SQLite makes its own copy.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    /// Where a text or blob of no bytes begins. Never freed: one byte for the whole program.
    private nonisolated(unsafe) static let empty: UnsafePointer<CChar> = {
        let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        pointer.initialize(to: 0)
        return UnsafePointer(pointer)
    }()
}
