import Web

/// What belongs here, and the first step towards it.
struct EmptyState: Sendable {
    let icon: Icon
    let title: String
    let text: String
    var action: (label: String, link: Link)?

    func html(in frame: Frame) -> HTML {
        """
        <div class="empty">
        <span class="empty-icon">\(frame.icon(icon))</span>
        <h2>\(title)</h2>
        <p>\(text)</p>
        \(button)
        </div>
        """
    }

    private var button: HTML? {
        action.map {
            "<div class=\"form-actions\"><a class=\"button button-primary\" href=\"\($0.link)\">\($0.label)</a></div>"
        }
    }
}
