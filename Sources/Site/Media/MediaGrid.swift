import Web

/// Cards in rows, with what updates those that are still processed.
struct MediaGrid: Sendable {
    let cards: [MediaCard]

    func html(in frame: Frame) -> HTML {
        let list: HTML = "<ul class=\"grid\" role=\"list\">\n\(cards.map { $0.html(in: frame) })</ul>"
        let waiting = cards.filter { $0.state.isProcessing }.map(\.id)
        guard !waiting.isEmpty else { return list }
        return "<live-status data-src=\"\(Links.mediaEvents(waiting))\">\(list)</live-status>"
    }
}
