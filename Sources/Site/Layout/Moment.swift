import Core
import Web

/// A point in time as a person reads it: relative within a week, absolute after, exact on hover.
struct Moment: Sendable {
    let timestamp: Timestamp
    let now: Timestamp

    var html: HTML {
        """
        <time datetime="\(CivilTime(timestamp).rfc3339)" title="\(CivilTime(timestamp).exact)"\
        \(isRecent ? " data-relative" : "")>\(text)</time>
        """
    }

    private var seconds: Int64 { max(0, (now.milliseconds - timestamp.milliseconds) / 1000) }
    private var isRecent: Bool { seconds < 7 * 86_400 }

    var text: String {
        let count = { (unit: Int64) in Int(seconds / unit) }
        switch seconds {
        case ..<60: return t("just now")
        case ..<3600: return tn(one: "%1 minute ago", other: "%1 minutes ago", count: count(60))
        case ..<86_400: return tn(one: "%1 hour ago", other: "%1 hours ago", count: count(3600))
        case ..<(7 * 86_400): return tn(one: "%1 day ago", other: "%1 days ago", count: count(86_400))
        case _: return CivilTime(timestamp).date
        }
    }
}

/// A UTC calendar date and time of day, from Howard Hinnant's day-count arithmetic
/// (https://howardhinnant.github.io/date_algorithms.html#civil_from_days).
struct CivilTime: Sendable {
    let year: Int64
    let month: Int64
    let day: Int64
    let hour: Int64
    let minute: Int64
    let second: Int64

    init(_ timestamp: Timestamp) {
        let seconds = floored(timestamp.milliseconds, by: 1000)
        let days = floored(seconds, by: 86_400)
        let time = seconds - days * 86_400
        let shifted = days + 719_468
        let era = floored(shifted, by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
    }

    var rfc3339: String {
        "\(year)-\(Format.padded(month))-\(Format.padded(day))T\(clock):\(Format.padded(second))Z"
    }

    var date: String { t("\(String(day)) \(monthName) \(String(year))") }
    var exact: String { t("\(date), \(clock) UTC") }

    private var clock: String { "\(Format.padded(hour)):\(Format.padded(minute))" }

    private var monthName: String {
        let names = [
            t("Jan"), t("Feb"), t("Mar"), t("Apr"), t("May"), t("Jun"), t("Jul"), t("Aug"), t("Sep"), t("Oct"),
            t("Nov"),
            t("Dec"),
        ]
        return names[Int(month - 1)]
    }
}

/// Division that rounds towards the past, before 1970 too.
private func floored(_ value: Int64, by divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
}
