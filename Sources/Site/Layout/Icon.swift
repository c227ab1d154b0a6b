import Web

/// The pictures of the sprite `icons.svg`: 24-px grid, 1.75 stroke. Each stands beside a text or inside something
/// that has a label, so it is hidden from screen readers.
package enum Icon: String, Sendable, CaseIterable {
    case account, alert, audio, bell, check, clock, close, copy, document, download, edit, image, info, keyboard,
        library
    case link, lock, logout, mine, moon, more, overview, people, play, `public`, restore, retry, screen, search, shield,
        sun
    case trash, upload, video
}

extension Frame {
    func icon(_ icon: Icon) -> HTML {
        "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"\(assets.sprite(icon))\"/></svg>"
    }
}
