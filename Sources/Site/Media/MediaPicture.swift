import Core
import Web

/// The inside of an item's frame: its thumbnail, or the icon of its kind.
struct MediaPicture: Sendable {
    let kind: MediaKind
    let thumbnail: Link?

    func html(in frame: Frame) -> HTML {
        guard let thumbnail else { return frame.icon(kind.icon) }
        return "<img src=\"\(thumbnail)\" alt=\"\" width=\"300\" height=\"300\" loading=\"lazy\" decoding=\"async\">"
    }
}

/// A bar that is filled by a share from 0 to 1, or sweeps while the share is unknown.
struct ProgressBar: Sendable {
    let share: Double?
    let label: String

    var html: HTML {
        guard let share else { return "<progress aria-label=\"\(label)\"></progress>" }
        let percent = Int((min(max(share, 0), 1) * 100).rounded(.down))
        return "<progress value=\"\(percent)\" max=\"100\" aria-label=\"\(label)\">\(percent) %</progress>"
    }
}
