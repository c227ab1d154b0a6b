/// As much of CBOR (RFC 8949) as authenticators send: CTAP 2.1 §8 allows them no tags, floats or indefinite lengths.
enum CBOR: Sendable, Hashable {
    case integer(Int64)
    case bytes([UInt8])
    case text(String)
    case array([CBOR])
    case map([CBOR: CBOR])
    case bool(Bool)
    case null

    subscript(key: CBOR) -> CBOR? {
        guard case .map(let members) = self else { return nil }
        return members[key]
    }

    var bytes: [UInt8]? {
        if case .bytes(let bytes) = self { return bytes }
        return nil
    }

    struct Malformed: Error, Hashable {}
}

/// Reads one value after the other. Whatever the bytes claim, no more is read, kept or nested than there is room for.
struct CBORReader {
    private(set) var rest: ArraySlice<UInt8>

    /// CTAP's limit is four levels.
    private static let deepest = 8

    init(_ bytes: some Sequence<UInt8>) {
        rest = Array(bytes)[...]
    }

    mutating func value() throws(CBOR.Malformed) -> CBOR {
        try value(depth: 0)
    }

    private mutating func value(depth: Int) throws(CBOR.Malformed) -> CBOR {
        guard depth < Self.deepest else { throw CBOR.Malformed() }
        let head = try take(1)[0]
        if head >> 5 == 7 { return try simple(head & 31) }
        let argument = try argument(head & 31)
        switch head >> 5 {
        case 0: return .integer(argument)
        case 1: return .integer(-1 - argument)
        case 2: return .bytes(try take(argument))
        case 3:
            guard let text = String(validating: try take(argument), as: UTF8.self) else { throw CBOR.Malformed() }
            return .text(text)
        case 4:
            // Every member takes a byte at least.
            guard argument <= rest.count else { throw CBOR.Malformed() }
            var members: [CBOR] = []
            for _ in 0..<argument { members.append(try value(depth: depth + 1)) }
            return .array(members)
        case 5: return .map(try members(argument, depth: depth))
        case _: throw CBOR.Malformed()
        }
    }

    /// No key may come twice: two readers could see two different things.
    private mutating func members(_ count: Int64, depth: Int) throws(CBOR.Malformed) -> [CBOR: CBOR] {
        guard count <= rest.count / 2 else { throw CBOR.Malformed() }
        var members: [CBOR: CBOR] = [:]
        for _ in 0..<count {
            let key = try value(depth: depth + 1)
            guard members.updateValue(try value(depth: depth + 1), forKey: key) == nil else { throw CBOR.Malformed() }
        }
        return members
    }

    private func simple(_ number: UInt8) throws(CBOR.Malformed) -> CBOR {
        switch number {
        case 20: .bool(false)
        case 21: .bool(true)
        case 22: .null
        case _: throw CBOR.Malformed()
        }
    }

    /// The number behind a head: in it, or in the one, two, four or eight bytes that follow.
    private mutating func argument(_ short: UInt8) throws(CBOR.Malformed) -> Int64 {
        guard short > 23 else { return Int64(short) }
        guard short < 28 else { throw CBOR.Malformed() }
        let number = try take(1 << Int64(short - 24)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let value = Int64(exactly: number) else { throw CBOR.Malformed() }
        return value
    }

    private mutating func take(_ count: Int64) throws(CBOR.Malformed) -> [UInt8] {
        guard count <= rest.count else { throw CBOR.Malformed() }
        let taken = rest.prefix(Int(count))
        rest = rest.dropFirst(Int(count))
        return Array(taken)
    }
}
