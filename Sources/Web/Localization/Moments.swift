import Foundation
import Synchronization

/// Moments as people speak of them. All take milliseconds since 1970-01-01 UTC.
extension Language {
    /// "3 hours ago" within a week, then the date.
    package func moment(milliseconds: Int64, now: Int64) -> String {
        let (distance, overflow) = now.subtractingReportingOverflow(milliseconds)
        let minutes = Int(distance / 60_000)
        guard !overflow, minutes > -7 * 1440, minutes < 7 * 1440 else { return date(milliseconds: milliseconds) }
        switch minutes {
        case 0: return t("just now")
        case 1..<60: return tn("%1 minute ago", "%1 minutes ago", count: minutes)
        case 60..<1440: return tn("%1 hour ago", "%1 hours ago", count: minutes / 60)
        case 1440...: return tn("%1 day ago", "%1 days ago", count: minutes / 1440)
        case -59..<0: return tn("in %1 minute", "in %1 minutes", count: -minutes)
        case -1439 ..< -59: return tn("in %1 hour", "in %1 hours", count: -minutes / 60)
        default: return tn("in %1 day", "in %1 days", count: -minutes / 1440)
        }
    }

    /// `5 Mar 2026` in the order and with the names of the language; UTC, as the server cannot know the reader's zone.
    package func date(milliseconds: Int64) -> String {
        let style = Date.FormatStyle(locale: locale, timeZone: .gmt).day().month(.abbreviated).year()
        return Self.date(milliseconds).formatted(style)
    }

    /// Date and time to the second with the zone, for what must be exact.
    package func exact(milliseconds: Int64) -> String {
        ExactMoments.shared.text(of: milliseconds, in: tag) {
            let style = Date.FormatStyle(locale: locale, timeZone: .gmt)
                .day().month(.abbreviated).year().hour().minute().second()
            return Self.date(milliseconds).formatted(style) + " UTC"
        }
    }

    /// RFC 3339 in UTC, as JSON and `datetime` attributes have it.
    package static func rfc3339(milliseconds: Int64) -> String {
        date(milliseconds).formatted(.iso8601)
    }

    /// Far past and far future are kept where a calendar still works.
    private static func date(_ milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: min(max(Double(milliseconds) / 1000, -62_135_596_800), 253_402_300_799))
    }
}

extension HTML {
    /// A `time` element: what a person says, the exact moment on hover, the same for machines.
    package static func time(milliseconds: Int64, now: Int64) -> HTML {
        let language = Language.current
        return """
            <time datetime="\(Language.rfc3339(milliseconds: milliseconds))" \
            title="\(language.exact(milliseconds: milliseconds))">\
            \(language.moment(milliseconds: milliseconds, now: now))</time>
            """
    }
}

/// Moments that were written lately. A list writes the same ones each time that it is shown, and to lay out a date takes
/// longer than the rest of its row.
private final class ExactMoments: Sendable {
    static let shared = ExactMoments()

    private struct Moment: Hashable {
        let milliseconds: Int64
        let language: String
    }

    private static let capacity = 8192
    private let texts = Mutex<[Moment: String]>([:])

    func text(of milliseconds: Int64, in language: String, orWrite write: () -> String) -> String {
        let moment = Moment(milliseconds: milliseconds, language: language)
        if let text = texts.withLock({ $0[moment] }) { return text }
        let text = write()
        texts.withLock { texts in
            if texts.count >= Self.capacity { texts.removeAll(keepingCapacity: true) }
            texts[moment] = text
        }
        return text
    }
}
