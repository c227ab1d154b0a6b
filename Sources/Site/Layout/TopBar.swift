import Core
import Web

/// Search, upload, the bell and the account; for visitors the two doors in.
struct TopBar: Sendable {
    let searchText: String

    func html(in frame: Frame) -> HTML {
        """
        <header class="topbar">
        \(Logo().html(in: frame))
        \(search(in: frame))
        <div class="topbar-end">\(frame.viewer.map { member($0, in: frame) } ?? visitor(in: frame))</div>
        </header>
        """
    }

    private func search(in frame: Frame) -> HTML {
        """
        <form class="search" role="search" action="\(Links.library)" method="get">
        <label class="visually-hidden" for="search">\(t("Search the library"))</label>
        <input id="search" name="q" type="search" value="\(searchText)" placeholder="\(t("Search"))" maxlength="200" \
        autocomplete="off" enterkeyhint="search" aria-keyshortcuts="/">
        \(frame.icon(.search))<kbd aria-hidden="true">/</kbd>
        </form>
        """
    }

    private func visitor(in frame: Frame) -> HTML {
        """
        <a class="button button-quiet topbar-library" href="\(Links.library)">\(t("Library"))</a>
        <a class="button button-quiet" href="\(Links.login())">\(t("Log in"))</a>
        <a class="button button-primary" href="\(Links.register)">\(t("Sign up"))</a>
        """
    }

    private func initial(of viewer: Viewer) -> HTML {
        "<span class=\"avatar\" aria-hidden=\"true\">\(viewer.initial)</span>"
    }

    private func member(_ viewer: Viewer, in frame: Frame) -> HTML {
        let upload: HTML =
            """
            <a class="button button-primary topbar-upload" href="\(Links.upload)">\(frame.icon(.upload))\(t("Upload"))</a>
            """
        return """
            \(frame.may(.upload) ? upload : nil)
            \(viewer.profile?.ageLimit == nil ? Bell(unread: viewer.unread).html(in: frame) : nil)
            <button class="topbar-account" type="button" popovertarget="account-menu" aria-label="\(t("Your account"))">\
            \(viewer.profile.map { frame.face($0.face) } ?? initial(of: viewer))</button>
            \(AccountMenu(viewer: viewer).html(in: frame))
            """
    }
}
