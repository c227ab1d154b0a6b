/// A validator of a representation (RFC 9110 §8.8.3): `"5f2a"`, or weak `W/"5f2a"`.
package struct EntityTag: Sendable, Hashable {
    /// What stands between the quotes.
    package let opaque: String
    package let isWeak: Bool

    /// A tag of our own making. Characters that a tag may not hold are dropped.
    package init(_ opaque: String, weak: Bool = false) {
        self.opaque = String(decoding: opaque.utf8.filter(EntityTag.isTagByte), as: UTF8.self)
        isWeak = weak
    }

    /// As it stands in a header field.
    package var text: String { isWeak ? "W/\"\(opaque)\"" : "\"\(opaque)\"" }

    /// The same tag, saying only that the meaning is the same, not the bytes.
    package var weakened: EntityTag { EntityTag(opaque, weak: true) }

    /// Byte-for-byte equality: neither may be weak (RFC 9110 §8.8.3.2).
    package func stronglyEquals(_ other: EntityTag) -> Bool { !isWeak && !other.isWeak && opaque == other.opaque }

    /// Equality of meaning (RFC 9110 §8.8.3.2).
    package func weaklyEquals(_ other: EntityTag) -> Bool { opaque == other.opaque }

    /// A field that holds exactly one tag, as `ETag` and `If-Range` do.
    package init?(parsing text: String) {
        var bytes = Array(text.utf8).trimmingBlanks
        guard let tag = EntityTag(from: &bytes), bytes.isEmpty else { return nil }
        self = tag
    }

    /// Takes one tag off the front of `bytes`; leaves them alone when none stands there.
    fileprivate init?(from bytes: inout ArraySlice<UInt8>) {
        var rest = bytes
        var weak = false
        if rest.starts(with: [UInt8(ascii: "W"), UInt8(ascii: "/")]) {
            weak = true
            rest = rest.dropFirst(2)
        }
        guard rest.first == UInt8(ascii: "\"") else { return nil }
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(where: { !EntityTag.isTagByte($0) }), rest[end] == UInt8(ascii: "\"") else {
            return nil
        }
        opaque = String(decoding: rest[..<end], as: UTF8.self)
        isWeak = weak
        bytes = rest[(end + 1)...]
    }

    /// `etagc` of RFC 9110 §8.8.3: everything visible but the quote, and bytes above ASCII.
    private static func isTagByte(_ byte: UInt8) -> Bool {
        byte == 0x21 || (0x23...0x7E).contains(byte) || byte >= 0x80
    }
}

/// What `If-Match` and `If-None-Match` hold: `*`, or a list of tags.
package enum EntityTagList: Sendable, Equatable {
    case any
    case tags([EntityTag])

    /// Reads as far as the list is well-formed: what follows a malformed member is not looked at.
    package init(parsing text: String) {
        var bytes = Array(text.utf8).trimmingBlanks
        if bytes.elementsEqual([UInt8(ascii: "*")]) {
            self = .any
            return
        }
        var tags: [EntityTag] = []
        while !bytes.isEmpty {
            bytes = bytes.drop { $0 == UInt8(ascii: ",") || $0 == 0x20 || $0 == 0x09 }
            guard let tag = EntityTag(from: &bytes) else { break }
            tags.append(tag)
            bytes = bytes.drop { $0 == 0x20 || $0 == 0x09 }
            guard bytes.isEmpty || bytes.first == UInt8(ascii: ",") else { break }
        }
        self = .tags(tags)
    }
}

extension Array where Element == UInt8 {
    /// Without spaces and tabs at either end.
    var trimmingBlanks: ArraySlice<UInt8> {
        var slice = self[...]
        while let first = slice.first, first == 0x20 || first == 0x09 { slice = slice.dropFirst() }
        while let last = slice.last, last == 0x20 || last == 0x09 { slice = slice.dropLast() }
        return slice
    }
}
