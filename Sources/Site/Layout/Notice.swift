import Web

/// A coloured box with a sentence or a few.
package struct Notice: Sendable {
    package enum Kind: String, Sendable, Hashable {
        case info, good, warn, bad

        var icon: Icon {
            switch self {
            case .info: .info
            case .good: .check
            case .warn, .bad: .alert
            }
        }
    }

    let kind: Kind
    let content: HTML

    init(_ kind: Kind, _ content: HTML) {
        self.kind = kind
        self.content = content
    }

    /// Bad news interrupts a screen reader; the rest waits for its turn.
    func html(in frame: Frame) -> HTML {
        """
        <div class="notice notice-\(kind.rawValue)" role="\(kind == .bad ? "alert" : "status")">\
        \(frame.icon(kind.icon))<div>\(content)</div></div>

        """
    }
}
