import Crypto
import Foundation
import NIOConcurrencyHelpers

/// A message that the next page shows once: "Your changes are saved." Handlers call `FlashMessage.add`, the layout calls
/// `FlashMessage.take`; `FlashMessages` carries them from one request to the next in a signed cookie.
package struct FlashMessage: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case success, notice, warning, error
    }

    package let kind: Kind
    /// In the reader's language; plain text.
    package let text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    /// Shown by the page that the visitor sees next, which may be this one. Does nothing outside a request.
    package static func add(_ kind: Kind, _ text: String) {
        FlashBox.current?.add(FlashMessage(kind, text))
    }

    /// The messages to show now. Whoever takes them must show them: they are gone afterwards.
    package static func take() -> [FlashMessage] {
        FlashBox.current?.take() ?? []
    }
}

/// The messages of one request.
final class FlashBox: Sendable {
    /// A cookie holds 4 KiB, of which base64 and the signature take their part.
    static let maximumMessages = 4
    static let maximumBytes = 500

    @TaskLocal static var current: FlashBox?

    private let messages: NIOLockedValueBox<[FlashMessage]>

    init(_ messages: [FlashMessage]) {
        self.messages = NIOLockedValueBox(messages)
    }

    var all: [FlashMessage] { messages.withLockedValue { $0 } }

    /// The oldest give way when there are too many.
    func add(_ flash: FlashMessage) {
        let short = FlashMessage(flash.kind, flash.text.prefix(bytes: Self.maximumBytes))
        messages.withLockedValue { $0 = ($0 + [short]).suffix(Self.maximumMessages) }
    }

    func take() -> [FlashMessage] {
        messages.withLockedValue { messages in
            defer { messages = [] }
            return messages
        }
    }
}

extension String {
    /// As many whole characters as fit into so many bytes of UTF-8.
    fileprivate func prefix(bytes limit: Int) -> String {
        var room = limit
        return String(
            prefix { character in
                room -= character.utf8.count
                return room >= 0
            }
        )
    }
}
