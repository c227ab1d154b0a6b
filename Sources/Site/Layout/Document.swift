import Web

/// The document around a page: head, skip link, shell, and what scripts need to find.
struct Document: Sendable {
    let page: any Page
    let frame: Frame

    var html: HTML {
        """
        <!doctype html>
        <html lang="\(Language.current.tag)"\(HTML.attribute("dir", Language.current.isRightToLeft ? "rtl" : nil))>
        \(head)
        <body>
        <a class="skip" href="#main">\(t("Skip to the content"))</a>
        \(shell)
        <div class="toasts" id="toasts" role="status" aria-live="polite"></div>
        \(KeyList().html(in: frame))
        </body>
        </html>

        """
    }

    private var head: HTML {
        """
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
        <meta name="color-scheme" content="light dark">
        \(FormToken.current.map { "<meta name=\"form-token\" content=\"\($0.value)\">" } as HTML?)
        <title>\(page.title) · \(frame.brand.name)</title>
        <link rel="icon" type="image/svg+xml" href="\(frame.assets["favicon.svg"])">
        <script src="\(frame.assets["theme.js"])"></script>
        <link rel="stylesheet" href="\(frame.assets["main.css"])">
        \(frame.brand.stylesheet.map { "<link rel=\"stylesheet\" href=\"\($0)\">" } as HTML?)
        \(scripts)
        </head>
        """
    }

    private var scripts: HTML {
        let common = ["shell.js", "dialogs.js", "times.js"] + (frame.viewer == nil ? [] : ["bell.js"])
        let names = common + page.scripts.map { "\($0.rawValue).js" }
        return names.map { "<script type=\"module\" src=\"\(frame.assets[$0])\"></script>" as HTML }.joined("\n")
    }

    private var shell: HTML {
        switch page.shell {
        case .focused: focused
        case .site: frame.viewer.map(member) ?? visitor
        }
    }

    private var main: HTML {
        """
        <main class="\(page.mainClass)" id="main" tabindex="-1">
        \(frame.viewer.flatMap { ImpersonationBanner(viewer: $0).html(in: frame) })\
        \(flashes)
        \(page.main(in: frame))
        </main>
        """
    }

    private var flashes: [HTML] {
        frame.flashes.map { flash in Notice(flash.kind, "<p>\(flash.text)</p>").html(in: frame) }
    }

    private func member(_ viewer: Viewer) -> HTML {
        """
        <div class="shell shell-member">
        \(Sidebar(viewer: viewer, current: page.section).html(in: frame))
        \(TopBar(searchText: page.searchText).html(in: frame))
        \(main)
        \(BottomBar(viewer: viewer, current: page.section).html(in: frame))
        </div>
        """
    }

    private var visitor: HTML {
        """
        <div class="shell shell-visitor">
        \(TopBar(searchText: page.searchText).html(in: frame))
        \(main)
        \(Colophon().html)
        </div>
        """
    }

    private var focused: HTML {
        """
        <div class="shell shell-focused">
        <div class="focused">
        \(Logo().html(in: frame))
        \(main)
        </div>
        \(Colophon().html)
        </div>
        """
    }
}
