import Web

/// Our mark, an item in front of the one it was shared from, and the brand's name beside it.
struct Logo: Sendable {
    func html(in frame: Frame) -> HTML {
        """
        <a class="brand" href="\(Links.home)"><svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">\
        <path class="mark-back" d="M10 5.5h13.5a4 4 0 0 1 4 4V23" stroke-linecap="round"/>\
        <rect class="mark-front" x="3" y="9" width="20.5" height="20" rx="5"/>\
        <path class="mark-play" d="M10.2 14.6v8.8c0 .9 1 1.4 1.7.9l6.4-4.4c.7-.4.7-1.4 0-1.8\
        l-6.4-4.4c-.7-.5-1.7 0-1.7.9z"/></svg><span class="brand-name">\(frame.brand.name)</span></a>
        """
    }
}
