import Web

/// The areas of the site at the left side, from 1024 px on.
struct Sidebar: Sendable {
    let viewer: Viewer
    let current: Section?

    func html(in frame: Frame) -> HTML {
        """
        <aside class="sidebar">
        \(Logo().html(in: frame))
        <nav class="nav" aria-label="\(t("Areas"))">
        \(Section.visible(to: viewer).map { item($0, in: frame) })
        </nav>
        \(viewer.storage.map { storage($0) })
        </aside>
        """
    }

    private func item(_ section: Section, in frame: Frame) -> HTML {
        """
        <a class="nav-item" href="\(section.link)"\(currentMark(section == current))>\
        \(frame.icon(section.icon))\(section.title)</a>

        """
    }

    private func storage(_ use: Viewer.StorageUse) -> HTML {
        """
        <div class="sidebar-foot"><strong>\(t("Storage"))</strong>\(StorageMeter(use: use).html)</div>
        """
    }
}

/// The same five places at the lower edge of a phone; the last opens the account's menu, which holds the rest.
struct BottomBar: Sendable {
    let viewer: Viewer
    let current: Section?

    func html(in frame: Frame) -> HTML {
        let places = Section.visible(to: viewer).filter { ![.trash, .managed, .administration].contains($0) }
        return """
            <nav class="bottombar" aria-label="\(t("Places"))">
            \(places.map { place($0, in: frame) })
            <button class="bottombar-item" type="button" popovertarget="account-menu">\
            \(frame.icon(.account))\(t("You"))</button>
            </nav>
            """
    }

    private func place(_ section: Section, in frame: Frame) -> HTML {
        let title = section == .mine ? t("Yours") : section.title
        return """
            <a class="bottombar-item" href="\(section.link)"\(currentMark(section == current))>\
            \(frame.icon(section.icon))\(title)</a>

            """
    }
}

private func currentMark(_ isCurrent: Bool) -> HTML {
    isCurrent ? " aria-current=\"page\"" : ""
}
