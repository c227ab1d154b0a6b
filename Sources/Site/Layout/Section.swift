import Core
import Web

/// The places of the site that the navigation marks as "you are here".
package enum Section: Sendable, Hashable {
    case overview, library, mine, managed, upload, trash, account

    var title: String {
        switch self {
        case .overview: t("Overview")
        case .library: t("Library")
        case .mine: t("Your items")
        case .managed: t("Managed items")
        case .upload: t("Upload")
        case .trash: t("Trash")
        case .account: t("Account")
        }
    }

    var icon: Icon {
        switch self {
        case .overview: .overview
        case .library: .library
        case .mine: .mine
        case .managed: .shield
        case .upload: .upload
        case .trash: .trash
        case .account: .account
        }
    }

    var link: Link {
        switch self {
        case .overview, .account: Links.dashboard
        case .library: Links.library
        case .mine: Links.mine
        case .managed: Links.managed
        case .upload: Links.upload
        case .trash: Links.trash
        }
    }

    /// The sections of somebody who is signed in, in the order of the sidebar.
    static func visible(to viewer: Viewer) -> [Section] {
        var sections: [Section] = [.overview, .library]
        if viewer.permissions.contains(.upload) { sections += [.mine, .upload, .trash] }
        if !viewer.permissions.isDisjoint(with: [.manageAll, .manageCustomers]) { sections.append(.managed) }
        return sections
    }
}
