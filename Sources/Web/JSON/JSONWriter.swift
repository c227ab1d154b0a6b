/// Writes JSON (RFC 8259) straight into bytes, for lists that are asked for often: no dictionaries, no encoder.
///
///     var json = JSONWriter()
///     json.object { json in
///         json.member("title", media.title)
///         json.member("duration", media.seconds)
///     }
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init(capacity: Int = 512) {
        bytes.reserveCapacity(capacity)
    }

    package mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
        try enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
    }

    package mutating func array(_ elements: (inout JSONWriter) throws -> Void) rethrows {
        try enclose(UInt8(ascii: "["), UInt8(ascii: "]"), elements)
    }

    /// A member of an object whose value the closure writes.
    package mutating func member(_ name: StaticString, _ value: (inout JSONWriter) throws -> Void) rethrows {
        key(name)
        try value(&self)
        needsComma = true
    }

    package mutating func member(_ name: StaticString, _ text: String?) {
        key(name)
        if let text { write(text) } else { append("null") }
        needsComma = true
    }

    package mutating func member(_ name: StaticString, _ number: (some BinaryInteger)?) {
        key(name)
        if let number { bytes.append(contentsOf: String(number).utf8) } else { append("null") }
        needsComma = true
    }

    /// NaN and infinities have no JSON; they become null.
    package mutating func member(_ name: StaticString, _ number: Double?) {
        key(name)
        if let number, number.isFinite { bytes.append(contentsOf: "\(number)".utf8) } else { append("null") }
        needsComma = true
    }

    package mutating func member(_ name: StaticString, _ flag: Bool) {
        key(name)
        append(flag ? "true" : "false")
        needsComma = true
    }

    /// A text as an element of an array.
    package mutating func element(_ text: String) {
        separate()
        write(text)
        needsComma = true
    }

    private mutating func enclose(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) throws -> Void) rethrows {
        separate()
        bytes.append(open)
        needsComma = false
        try body(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        append(name)
        append("\":")
        needsComma = false
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    private mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        defer { bytes.append(UInt8(ascii: "\"")) }
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        guard !isPlain else { return bytes.append(contentsOf: text.utf8) }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20: bytes.append(contentsOf: "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
            default: bytes.append(byte)
            }
        }
    }
}
