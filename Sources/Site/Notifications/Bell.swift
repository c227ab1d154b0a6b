import Core
import Web

/// The way to one's notifications, with how many are unread. It is a link; script keeps the number up to date.
struct Bell: Sendable {
    /// Counted up to a hundred.
    let unread: Int

    func html(in frame: Frame) -> HTML {
        """
        <live-bell data-src="\(Links.notificationStream)">\
        <a class="bell" href="\(Links.notifications())" aria-label="\(label)" title="\(t("Notifications"))">\
        \(frame.icon(.bell))<span class="bell-count" aria-hidden="true"\(HTML.flag("hidden", unread == 0))>\(number)</span>\
        </a></live-bell>
        """
    }

    /// As it stands in the bell.
    var number: String { unread > 99 ? "99+" : String(unread) }

    /// As it is read out.
    var label: String {
        if unread == 0 { return t("Notifications: none unread") }
        if unread > 99 { return t("Notifications: more than 99 unread") }
        return tn("Notifications: %1 unread", "Notifications: %1 unread", count: unread)
    }
}
