import Persistence

/// From which age on something is meant for people, in years; as an age limit, up to which rating somebody may watch.
package enum AgeRating: Int64, Sendable, Hashable, CaseIterable, SQLConvertible {
    case six = 6
    case twelve = 12
    case sixteen = 16
    case eighteen = 18

    /// As forms send it: the number of years.
    init?(text: String) {
        guard let years = Int64(text) else { return nil }
        self.init(rawValue: years)
    }
}
