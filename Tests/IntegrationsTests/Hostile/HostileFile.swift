import Testing

/// A file that wants more than to be looked at.
struct HostileFile: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]

    var testDescription: String { name }

    init(_ name: String, _ parts: [UInt8]...) {
        self.name = name
        bytes = Array(parts.joined())
    }

    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
}

/// Where hostile files want to go: to a port on which a canary listens, and to a file that is none of their business.
struct Lure: Sendable {
    let url: String
    let bait: String

    init(port: Int, bait: String) {
        url = "http://127.0.0.1:\(port)/canary"
        self.bait = bait
    }
}

/// Parts of files. Each takes its content in pieces, as the compiler needs minutes for long sums of literals.
enum Bytes {
    static func joined(_ parts: [UInt8]...) -> [UInt8] { Array(parts.joined()) }

    static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    static func times(_ count: Int, _ pattern: UInt8...) -> [UInt8] {
        Array(repeatElement(pattern, count: count).joined())
    }

    static func big(_ value: Int, _ count: Int = 4) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func little(_ value: Int, _ count: Int = 4) -> [UInt8] { big(value, count).reversed() }

    /// A box of ISO 14496-12: length, type, content.
    static func box(_ type: String, _ parts: [UInt8]...) -> [UInt8] {
        let content = Array(parts.joined())
        return joined(big(content.count + 8), text(type), content)
    }

    /// A chunk of RIFF: type, length, content.
    static func chunk(_ type: String, _ parts: [UInt8]...) -> [UInt8] {
        let content = Array(parts.joined())
        return joined(text(type), little(content.count), content, times(content.count % 2, 0))
    }
}
