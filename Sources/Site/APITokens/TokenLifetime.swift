import Core
import Web

/// How long a new token lasts, as the form offers it.
enum TokenLifetime: String, Sendable, CaseIterable {
    case month = "30"
    case quarter = "90"
    case year = "365"
    case unlimited = "never"

    static let standard = TokenLifetime.quarter

    var days: Int64? { Int64(rawValue) }

    var choice: FormState.Choice {
        FormState.Choice(rawValue, days.map { tn("%1 day", "%1 days", count: Int($0)) } ?? t("No end"))
    }

    /// What the form's field `lifetime` holds. Throws `Failure` at that field for anything else.
    init(_ text: String) throws(Failure) {
        guard let lifetime = TokenLifetime(rawValue: text) else { throw .invalid([.tokenLifetime]) }
        self = lifetime
    }

    func end(from now: Timestamp) -> Timestamp? {
        days.map { now + .days($0) }
    }
}
