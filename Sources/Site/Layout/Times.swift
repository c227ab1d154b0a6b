import Core
import Web

extension HTML {
    /// A moment as a person says it, exact on hover.
    static func time(_ moment: Timestamp, now: Timestamp) -> HTML {
        .time(milliseconds: moment.milliseconds, now: now.milliseconds)
    }

    /// A length as a player shows it, with ISO 8601 for machines.
    static func length(_ length: Duration) -> HTML {
        let seconds = max(0, length.inMilliseconds) / 1000
        return "<time datetime=\"PT\(seconds / 60)M\(seconds % 60)S\">\(Language.current.length(length))</time>"
    }
}

extension Language {
    /// "0:42", "1:02:33".
    func length(_ length: Duration) -> String {
        clock(seconds: Double(length.inMilliseconds) / 1000)
    }
}
