/// The ranges that a `Range` header field asks for (RFC 9110 §14.1.1, §14.1.2), before the length is known.
package struct ByteRangeSet: Sendable, Equatable {
    package enum Spec: Sendable, Equatable {
        /// From a byte to the end: `500-`.
        case from(Int)
        /// From a byte to a byte, both included: `0-499`.
        case closed(Int, Int)
        /// The last so many bytes: `-500`.
        case last(Int)
    }

    package let specs: [Spec]

    /// More than this many ranges in one request help nobody but an attacker; such a request gets the whole.
    package static let most = 32

    /// Nil when the field is to be ignored: another unit than bytes, not well-formed, or too many ranges.
    package init?(parsing text: String) {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        // Names of range units are case-insensitive (RFC 9110 §14.1).
        guard text[..<equals].lowercased() == "bytes" else { return nil }
        var specs: [Spec] = []
        for member in text.utf8[text.utf8.index(after: equals)...].split(separator: UInt8(ascii: ",")) {
            let bytes = Array(member).trimmingBlanks
            // A recipient reads past empty members of a list (RFC 9110 §5.6.1.2).
            if bytes.isEmpty { continue }
            guard specs.count < ByteRangeSet.most, let spec = Spec(bytes) else { return nil }
            specs.append(spec)
        }
        guard !specs.isEmpty else { return nil }
        self.specs = specs
    }

    package enum Outcome: Sendable, Equatable {
        /// Answer as if no range had been asked for.
        case whole
        /// Ascending only if they were asked for in that order; none touches another; two at least.
        case parts([Range<Int>])
        case part(Range<Int>)
        case unsatisfiable
    }

    /// What the set means for a representation of so many bytes.
    package func resolved(length: Int) -> Outcome {
        // A suffix of nothing is satisfiable, yet `Content-Range` cannot say so: the whole, which is empty, can.
        let wantsSuffix = specs.contains { if case .last(let count) = $0 { count > 0 } else { false } }
        if length == 0 { return wantsSuffix ? .whole : .unsatisfiable }
        let ranges = specs.compactMap { $0.resolved(length: length) }
        guard !ranges.isEmpty else { return .unsatisfiable }
        // Each is at most `length` long and there are at most `most`, so the sum cannot overflow for any real file.
        guard ranges.reduce(0, { $0 + $1.count }) <= length else { return .whole }
        let merged = ByteRangeSet.coalesced(ranges)
        return merged.count == 1 ? .part(merged[0]) : .parts(merged)
    }

    /// Ranges that overlap or touch become one, at the place of the first of them.
    private static func coalesced(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for range in ranges {
            var union = range
            var place: Int?
            for index in merged.indices.reversed()
            where merged[index].lowerBound <= union.upperBound && union.lowerBound <= merged[index].upperBound {
                let other = merged.remove(at: index)
                union = min(union.lowerBound, other.lowerBound)..<max(union.upperBound, other.upperBound)
                place = index
            }
            merged.insert(union, at: place ?? merged.endIndex)
        }
        return merged
    }
}

extension ByteRangeSet.Spec {
    /// `int-range` or `suffix-range`; nil when malformed or when the last position lies before the first.
    fileprivate init?(_ bytes: ArraySlice<UInt8>) {
        guard let dash = bytes.firstIndex(of: UInt8(ascii: "-")) else { return nil }
        let (before, after) = (bytes[..<dash], bytes[(dash + 1)...])
        switch (before.isEmpty, after.isEmpty) {
        case (true, true):
            return nil
        case (true, false):
            guard let count = Int(saturating: after) else { return nil }
            self = .last(count)
        case (false, true):
            guard let first = Int(saturating: before) else { return nil }
            self = .from(first)
        case (false, false):
            guard let first = Int(saturating: before), let last = Int(saturating: after) else { return nil }
            // Two numbers that are both beyond all files may have lost their order; neither can be satisfied.
            guard first <= last else { return nil }
            self = .closed(first, last)
        }
    }

    /// The bytes that exist; nil when there are none.
    fileprivate func resolved(length: Int) -> Range<Int>? {
        switch self {
        case .from(let first):
            return first < length ? first..<length : nil
        case .closed(let first, let last):
            return first < length ? first..<(min(last, length - 1) + 1) : nil
        case .last(let count):
            return count > 0 ? (length - min(count, length))..<length : nil
        }
    }
}

extension Int {
    /// Decimal digits of any number; what exceeds an `Int` counts as its maximum.
    fileprivate init?(saturating digits: ArraySlice<UInt8>) {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        var value = 0
        for digit in digits {
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowedToo) = product.addingReportingOverflow(Int(digit - 0x30))
            if overflowed || overflowedToo {
                self = Int.max
                return
            }
            value = sum
        }
        self = value
    }
}
