import Core
import Web

/// An sRGB colour.
package struct Colour: Sendable, Hashable {
    package let red, green, blue: UInt8

    package init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }
}

/// The inside of an item's frame: its thumbnail over its dominant colour, or the icon of its kind.
struct MediaPicture: Sendable {
    let kind: MediaKind
    let thumbnail: Link?
    let colour: Colour?

    func html(in frame: Frame) -> HTML {
        guard let thumbnail else { return frame.icon(kind.icon) }
        return
            "\(placeholder)<img src=\"\(thumbnail)\" alt=\"\" width=\"300\" height=\"300\" loading=\"lazy\" decoding=\"async\">"
    }

    /// The colour stands in an SVG attribute, because the content security policy allows no style attributes.
    private var placeholder: HTML? {
        colour.map { colour in
            """
            <svg class="frame-colour" aria-hidden="true"><rect width="100%" height="100%" \
            fill="rgb(\(colour.red) \(colour.green) \(colour.blue))"/></svg>
            """
        }
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
