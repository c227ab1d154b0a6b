import Foundation

/// Numbers, sizes and durations as a reader of the language writes them.
extension Language {
    /// With the language's grouping: `12,345`, `12.345`.
    package func number(_ value: some BinaryInteger) -> String {
        // Small numbers look the same in all languages that we write with European digits, and are nearly all.
        if let small = Int16(exactly: value), (0...999).contains(small) { return "\(small)" }
        return Int64(clamping: value).formatted(.number.locale(locale))
    }

    /// With that many decimals: `1.5`, `1,5`.
    package func decimal(_ value: Double, decimals: Int = 1) -> String {
        value.formatted(.number.precision(.fractionLength(decimals)).locale(locale))
    }

    /// In units of 1024, as limits are set, with three digits at most: `999 B`, `1.5 KiB`, `12 MiB`, `340 GiB`.
    package func size(bytes: Int64) -> String {
        var value = Double(bytes)
        var unit = 0
        // 999.5 would be rounded to 1000; what has four digits is told in the next unit.
        while abs(value) >= 999.5, unit < 5 {
            value /= 1024
            unit += 1
        }
        let figure = unit > 0 && abs(value) < 9.95 ? decimal(value) : number(Int64(value.rounded()))
        switch unit {
        case 0: return t("\(figure) B")
        case 1: return t("\(figure) KiB")
        case 2: return t("\(figure) MiB")
        case 3: return t("\(figure) GiB")
        case 4: return t("\(figure) TiB")
        default: return t("\(figure) PiB")
        }
    }

    /// As players show it: `0:07`, `4:05`, `1:02:03`; below a second is cut off.
    package func clock(seconds: Double) -> String {
        let total = Int64(max(0, seconds.isFinite ? min(seconds, 1e12) : 0))
        let tail = Self.twoDigits(total % 60)
        if total < 3600 { return "\(total / 60):\(tail)" }
        return "\(total / 3600):\(Self.twoDigits(total / 60 % 60)):\(tail)"
    }

    static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    var locale: Locale { Locale(identifier: tag) }
}
