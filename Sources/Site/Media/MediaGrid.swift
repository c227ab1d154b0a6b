import Core
import Web

/// Cards in rows, with what updates those that are still processed.
struct MediaGrid: Sendable {
    let cards: [MediaCard]

    /// Cards grow until their row is full. Behind the last card stand others of its shape without a height, as many as a
    /// wide row has room for, so that the last row grows no more than those above it.
    private var fillers: [HTML] {
        guard let last = cards.last else { return [] }
        return Array(repeating: "<li class=\"filler card-\(last.kind.rawValue)\" aria-hidden=\"true\"></li>", count: 9)
    }

    func html(in frame: Frame) -> HTML {
        let list: HTML = "<ul class=\"grid\" role=\"list\">\n\(cards.map { $0.html(in: frame) })\(fillers)</ul>"
        let waiting = cards.filter { $0.state.isProcessing }.map(\.id)
        guard !waiting.isEmpty else { return list }
        return "<live-status data-src=\"\(Links.mediaEvents(waiting))\">\(list)</live-status>"
    }
}
