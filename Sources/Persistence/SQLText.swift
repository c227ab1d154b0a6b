/// The text of a statement while it is put together. Bytes, because pieces of literals are bytes already.
struct SQLText {
    private var bytes: [UInt8] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(decimal number: Int) {
        if number >= 10 { append(decimal: number / 10) }
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    var string: String { String(decoding: bytes, as: UTF8.self) }
}

extension SQL {
    /// How many bytes the text will need at most, so that it is allocated once.
    var textCapacity: Int {
        parts.reduce(0) { length, part in
            switch part {
            case .text(let text): length + text.utf8CodeUnitCount
            case .value: length + 4
            case .array: length + 40
            case .either(let sqlite, let postgres): length + max(sqlite.textCapacity, postgres.textCapacity)
            }
        }
    }
}
