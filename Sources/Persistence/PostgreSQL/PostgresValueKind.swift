import CLibPQ
import Foundation

/// How the text of a value is read, by the number of its type.
enum PostgresValueKind {
    case integer
    case boolean
    case real
    /// What `sum` and `avg` over integers answer: an integer where there is no fraction.
    case numeric
    case blob
    case text

    init(_ type: Oid) {
        switch type {
        case 20, 21, 23, 26: self = .integer
        case 16: self = .boolean
        case 700, 701: self = .real
        case 1700: self = .numeric
        case 17: self = .blob
        default: self = .text
        }
    }

    /// `bytes` end in a NUL that is not counted.
    func decode(_ bytes: UnsafeRawBufferPointer) throws -> SQLValue {
        switch self {
        case .integer:
            guard let integer = Self.integer(bytes) else { throw Self.unreadable }
            return .integer(integer)
        case .boolean:
            return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        case .real:
            return .real(try Self.real(bytes))
        case .numeric:
            return try Self.integer(bytes).map(SQLValue.integer) ?? .real(Self.real(bytes))
        case .blob:
            guard let blob = PostgresHex.decode(bytes) else { throw Self.unreadable }
            return .blob(blob)
        case .text:
            return .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    private static let unreadable = RowError("the server sent a value that is not of its type")

    /// Nil where there is anything else than digits, or more than fit.
    private static func integer(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        let isNegative = bytes.first == UInt8(ascii: "-")
        var value: Int64 = 0
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            let digit = Int64(byte) - 48
            guard (0...9).contains(digit) else { return nil }
            let (tens, tooBig) = value.multipliedReportingOverflow(by: 10)
            // Downwards, because there is one more negative number.
            let (sum, tooSmall) = tens.subtractingReportingOverflow(digit)
            guard !tooBig, !tooSmall else { return nil }
            value = sum
        }
        guard !isNegative else { return value }
        return value == .min ? nil : -value
    }

    private static func real(_ bytes: UnsafeRawBufferPointer) throws -> Double {
        guard let value = Double(String(decoding: bytes, as: UTF8.self)) else { throw unreadable }
        return value
    }
}

/// PostgreSQL's hexadecimal form of bytes: `\x0aff`.
enum PostgresHex {
    private static let digits = Array("0123456789abcdef".utf8)

    static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        for byte in bytes {
            output.append(digits[Int(byte >> 4)])
            output.append(digits[Int(byte & 15)])
        }
    }

    static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard text.count >= 2, text.count % 2 == 0, text[0] == UInt8(ascii: "\\"), text[1] == UInt8(ascii: "x") else {
            return nil
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2 - 1)
        for index in stride(from: 2, to: text.count, by: 2) {
            guard let high = value(text[index]), let low = value(text[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
