import Core
import Synchronization
import Web

/// One open page, and what it was told last.
final class ListeningPlace: Sendable {
    private enum Told {
        case nothing
        case unread(Int)
        case end
    }

    private let feed: NotificationFeed
    private let seat: NotificationFeed.Seat
    private let language: Language
    private let told = Mutex(Told.nothing)

    init(feed: NotificationFeed, seat: NotificationFeed.Seat, language: Language) {
        self.feed = feed
        self.seat = seat
        self.language = language
    }

    /// What is new; nil after the end was told.
    func events() async -> [ServerSentEvent]? {
        let now = await feed.unread(for: seat)
        return told.withLock { told in
            switch (told, now) {
            case (.end, _): return nil
            case (.unread(let last), .some(let unread)) where last == unread: return []
            case (_, .some(let unread)):
                told = .unread(unread)
                return [event(unread)]
            case (_, .none):
                told = .end
                return [ServerSentEvent("end", data: "")]
            }
        }
    }

    private func event(_ unread: Int) -> ServerSentEvent {
        Language.$current.withValue(language) {
            let bell = Bell(unread: unread)
            var json = JSONWriter(capacity: 100)
            json.object { json in
                json.member("unread", unread)
                json.member("number", bell.number)
                json.member("label", bell.label)
            }
            return ServerSentEvent("unread", data: String(decoding: json.bytes, as: UTF8.self))
        }
    }
}
