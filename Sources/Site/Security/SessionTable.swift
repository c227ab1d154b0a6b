import Core
import Web

/// Every browser that is logged in, with a button to log it out.
struct SessionTable: Sendable {
    let sessions: ListPage<SessionSummary>
    let current: ID<Session>

    func html(in frame: Frame) -> HTML {
        """
        <table class="table table-cards">
        <thead><tr><th scope="col">\(t("Browser"))</th><th scope="col">\(t("Address"))</th>\
        <th scope="col">\(t("Last used"))</th><th scope="col">\(t("Logged in"))</th>\
        <th scope="col"><span class="visually-hidden">\(t("Action"))</span></th></tr></thead>
        <tbody>
        \(sessions.items.map { row($0, in: frame) })</tbody>
        </table>
        \(sessions.next.map { HTML.more(Links.moreSessions(after: $0.text)) })
        \(sessions.items.contains { $0.id != current } ? endOthers : nil)
        """
    }

    private var endOthers: HTML {
        """
        <div class="form-actions">\
        \(HTML.form(Links.revokeOtherSessions, HTML.submit(t("Log out all others"), class: "button")))</div>
        """
    }

    private func row(_ session: SessionSummary, in frame: Frame) -> HTML {
        let here: HTML? = session.id == current ? " <span class=\"badge badge-good\">\(t("This device"))</span>" : nil
        return """
            <tr><td><strong>\(BrowserName(userAgent: session.userAgent).text)</strong>\(here)</td>\
            <td data-name="\(t("Address"))">\(session.address)</td>\
            <td data-name="\(t("Last used"))">\(HTML.time(session.lastUsedAt, now: frame.now))</td>\
            <td data-name="\(t("Logged in"))">\(HTML.time(session.createdAt, now: frame.now))</td>\
            <td class="table-action">\(HTML.form(Links.revokeSession(session.publicID), button(for: session)))</td></tr>

            """
    }

    private func button(for session: SessionSummary) -> HTML {
        let name = BrowserName(userAgent: session.userAgent).text
        return """
            <button class="button" type="submit" aria-label="\(t("Log out \(name), \(session.address)"))">\
            \(t("Log out"))</button>
            """
    }
}
