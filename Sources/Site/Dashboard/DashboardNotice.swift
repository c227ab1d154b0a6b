import Core
import Web

/// Something that somebody should look after, with the way there.
package enum DashboardNotice: Sendable, Hashable {
    /// The address waits for its link to be opened.
    case unprovenEmail(String)
    /// Whoever manages others has no second factor.
    case passwordAlone
    /// Bytes.
    case nearlyFull(left: Int64)
    case full
    /// Items that could not be made ready, the newest first.
    case failed([Item])

    package struct Item: Sendable, Hashable {
        package let id: String
        package let title: String

        package init(id: String, title: String) {
            self.id = id
            self.title = title
        }
    }

    /// From nine tenths on; nil before.
    init?(used: Int64, limit: Int64) {
        guard limit > 0, used >= limit / 10 * 9 else { return nil }
        self = used >= limit ? .full : .nearlyFull(left: limit - used)
    }

    func html(in frame: Frame) -> HTML {
        switch self {
        case .unprovenEmail(let email):
            let text = t("Confirm your e-mail address: open the link in the mail that we sent to \(email).")
            return notice(.warn, text, t("Send it again"), Links.resendVerification, in: frame)
        case .passwordAlone:
            let text = t("You manage other people’s accounts with a password alone. A second step keeps thieves out.")
            return notice(.warn, text, t("Set up two-step sign-in"), Links.twoFactor, in: frame)
        case .nearlyFull(let left):
            let text = t("Your storage is nearly full: \(Language.current.size(bytes: left)) are left.")
            return notice(.warn, text, t("See your largest items"), Self.largest, in: frame)
        case .full:
            let text = t("Your storage is full. Nothing more can be uploaded until something is deleted for good.")
            return notice(.bad, text, t("See your largest items"), Self.largest, in: frame)
        case .failed(let items): return failed(items, in: frame)
        }
    }

    private static let largest = LibraryFilter(sort: .size, shelf: .own).link()

    private func notice(_ kind: Notice.Kind, _ text: String, _ action: String, _ link: Link, in frame: Frame) -> HTML {
        Notice(kind, "<p>\(text) <a href=\"\(link)\">\(action)</a></p>").html(in: frame)
    }

    private func failed(_ items: [Item], in frame: Frame) -> HTML {
        let links: [HTML] = items.map { "<li><a href=\"\(Links.media($0.id))\">\($0.title)</a></li>" }
        return Notice(
            .bad,
            "<p>\(t("These could not be made ready. Their pages say why, and let you try again."))</p><ul>\(links)</ul>"
        ).html(in: frame)
    }
}
