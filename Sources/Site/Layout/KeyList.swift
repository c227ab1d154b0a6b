import Web

/// The keys that `?` lists.
struct KeyList: Sendable {
    func html(in frame: Frame) -> HTML {
        """
        <dialog class="dialog" id="keys" aria-labelledby="keys-title">
        <div class="dialog-head"><h2 id="keys-title">\(t("Keyboard shortcuts"))</h2>\
        <form method="dialog"><button class="button button-quiet button-icon" aria-label="\(t("Close"))">\
        \(frame.icon(.close))</button></form></div>
        <dl class="keys">
        \(row(t("Search"), "/"))
        \(row(t("Show this list"), "?"))
        \(row(t("Play or pause"), "K"))
        \(row(t("Back or forward 5 seconds"), "←", "→"))
        \(row(t("Back or forward 10 seconds"), "J", "L"))
        \(row(t("Louder or quieter"), "↑", "↓"))
        \(row(t("Mute"), "M"))
        \(row(t("Full screen"), "F"))
        \(row(t("Jump to a tenth of the length"), "1", "…", "9"))
        \(row(t("Close what is open"), "Esc"))
        </dl>
        </dialog>
        """
    }

    private func row(_ what: String, _ keys: String...) -> HTML {
        "<div><dt>\(what)</dt><dd>\(keys.map { "<kbd>\($0)</kbd>" as HTML })</dd></div>"
    }
}
