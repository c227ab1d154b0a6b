package import Core
package import Web

/// What one was told, newest first.
package struct NotificationList: Page {
    let entries: ListPage<NotificationEntry>
    /// Whether only what is unread is shown.
    let isUnread: Bool
    /// How many wait in all, counted up to a hundred.
    let unread: Int

    package init(entries: ListPage<NotificationEntry>, isUnread: Bool = false, unread: Int) {
        self.entries = entries
        self.isUnread = isUnread
        self.unread = unread
    }

    package var title: String { t("Notifications") }
    package var section: Section? { .account }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1>\(unread > 0 ? markAll : nil)</div>
        <nav class="chips" aria-label="\(t("Filter"))">
        <a class="chip" href="\(Links.notifications())"\(mark(!isUnread))>\(t("All"))</a>
        <a class="chip" href="\(Links.notifications(isUnread: true))"\(mark(isUnread))>\(t("Unread"))</a>
        </nav>
        \(entries.items.isEmpty ? empty(in: frame) : list(in: frame))
        \(entries.next.map { HTML.more(Links.notifications(isUnread: isUnread, after: $0.text)) })
        <p class="panel-help"><a href="\(Links.notificationChoices)">\(t("Choose of what you get mails"))</a></p>
        """
    }

    private func mark(_ isCurrent: Bool) -> HTML { isCurrent ? " aria-current=\"page\"" : "" }

    /// Only what is on the page or older: who presses the button has not seen what came since.
    private var markAll: HTML? {
        entries.items.map(\.id).max().map { newest in
            HTML.form(
                Links.notificationsRead,
                """
                <input type="hidden" name="through" value="\(newest.value)">\
                \(HTML.submit(t("Mark all as read"), class: "button"))
                """
            )
        }
    }

    private func list(in frame: Frame) -> HTML {
        "<ul class=\"notifications\" role=\"list\">\n\(entries.items.map { item($0, in: frame) })</ul>"
    }

    private func item(_ entry: NotificationEntry, in frame: Frame) -> HTML {
        let words = NotificationWords(event: entry.event)
        let isNew = entry.readAt == nil
        let new: HTML = "<span class=\"badge badge-accent\">\(t("New"))</span>"
        return """
            <li\(HTML.classes("notification", ("notification-new", isNew)))>\(frame.icon(words.icon))\
            <div class="notification-text"><p><a href="\(words.link)">\(words.title)</a> \(isNew ? new : nil)</p>\
            <p class="soft">\(words.text)</p><p class="notification-time">\(HTML.time(entry.createdAt, now: frame.now))</p></div>\
            \(isNew ? markOne(entry, words) : nil)</li>

            """
    }

    private func markOne(_ entry: NotificationEntry, _ words: NotificationWords) -> HTML {
        HTML.form(
            Links.notificationRead(entry.id),
            """
            <input type="hidden" name="unread" value="\(isUnread ? "1" : "")">\
            <button type="submit" class="button button-quiet" aria-label="\(t("Mark as read: \(words.title)"))">\
            \(t("Mark as read"))</button>
            """
        )
    }

    private func empty(in frame: Frame) -> HTML {
        let text = t("Here you are told when an item is ready, when somebody logs in to your account, and the like.")
        return EmptyState(
            icon: .bell,
            title: isUnread ? t("You have seen everything") : t("Nothing has happened yet"),
            text: isUnread ? t("What is new stands here until you mark it as read.") : text
        ).html(in: frame)
    }
}
