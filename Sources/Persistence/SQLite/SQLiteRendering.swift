/// A statement as SQLite takes it: `?` for each value, arrays as one JSON text.
struct SQLiteStatementText {
    private(set) var text: String
    private(set) var values: [SQLValue] = []

    init(_ sql: SQL) {
        var text = SQLText(capacity: sql.textCapacity)
        self.text = ""
        values.reserveCapacity(sql.parts.count / 2)
        append(sql, to: &text)
        self.text = text.string
    }

    private mutating func append(_ sql: SQL, to text: inout SQLText) {
        for part in sql.parts {
            switch part {
            case .text(let literal):
                text.append(literal)
            case .value(let value):
                text.append("?")
                values.append(value)
            case .array(let elements):
                append(array: elements, to: &text)
            case .either(let sqlite, _):
                append(sqlite, to: &text)
            }
        }
    }

    private mutating func append(array elements: [SQLValue], to text: inout SQLText) {
        if let json = JSONArrayText(elements) {
            text.append("IN (SELECT value FROM json_each(?))")
            values.append(.text(json.string))
            return
        }
        // JSON has no blobs and no infinities: those few are bound one by one.
        text.append("IN (")
        for (position, element) in elements.enumerated() {
            text.append(position == 0 ? "?" : ", ?")
            values.append(element)
        }
        text.append(")")
    }
}

/// Values as a JSON array, or nil where JSON cannot hold one of them.
struct JSONArrayText {
    private var bytes: [UInt8] = [UInt8(ascii: "[")]

    var string: String { String(decoding: bytes, as: UTF8.self) }

    init?(_ values: [SQLValue]) {
        bytes.reserveCapacity(values.count * 12 + 2)
        for (position, value) in values.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            switch value {
            case .null: bytes.append(contentsOf: "null".utf8)
            case .integer(let integer): bytes.append(contentsOf: String(integer).utf8)
            case .real(let real):
                guard real.isFinite else { return nil }
                bytes.append(contentsOf: String(real).utf8)
            case .text(let text): append(quoted: text)
            case .blob: return nil
            }
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func append(quoted text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                let hex = String(byte, radix: 16)
                bytes.append(contentsOf: (hex.count == 1 ? "\\u000" : "\\u00").utf8)
                bytes.append(contentsOf: hex.utf8)
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
