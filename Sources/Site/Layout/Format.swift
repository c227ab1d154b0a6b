import Core
import Web

/// Numbers as a person reads them.
package enum Format {
    /// "812 bytes", "4.2 MB": decimal units, one digit below ten.
    package static func size(_ bytes: Int64) -> String {
        guard bytes >= 1000 else { return tn(one: "%1 byte", other: "%1 bytes", count: Int(bytes)) }
        let units = ["kB", "MB", "GB", "TB", "PB"]
        var value = Double(bytes) / 1000
        var unit = 0
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return "\(decimal(value, digits: value < 9.95 ? 1 : 0)) \(units[unit])"
    }

    /// "0:42", "12:07", "1:02:33".
    package static func length(_ duration: Duration) -> String {
        let seconds = (max(0, duration.inMilliseconds) + 500) / 1000
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        return hours > 0 ? "\(hours):\(padded(minutes)):\(padded(rest))" : "\(minutes):\(padded(rest))"
    }

    /// A length for machines: ISO 8601, "PT62M33S".
    package static func isoLength(_ duration: Duration) -> String {
        let seconds = max(0, duration.inMilliseconds) / 1000
        return "PT\(seconds / 60)M\(seconds % 60)S"
    }

    static func decimal(_ value: Double, digits: Int) -> String {
        let scale = digits == 0 ? 1 : 10
        let scaled = Int((value * Double(scale)).rounded())
        guard digits > 0, scaled % scale != 0 else { return String(scaled / scale) }
        return "\(scaled / scale).\(scaled % scale)"
    }

    static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
}
