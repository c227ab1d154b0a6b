import Core
import Web

/// The places of the site that the navigation marks as "you are here".
package enum Section: Sendable, Hashable {
    case overview, library, mine, managed, upload, trash, administration, account

    var title: String {
        switch self {
        case .overview: t("Overview")
        case .library: t("Library")
        case .mine: t("Your items")
        case .managed: t("Managed items")
        case .upload: t("Upload")
        case .trash: t("Trash")
        case .administration: t("Administration")
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
        case .administration: .people
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
        case .administration: Links.administration
        }
    }

    /// The sections of somebody who is signed in, in the order of the sidebar.
    static func visible(to viewer: Viewer) -> [Section] {
        var sections: [Section] = [.overview, .library]
        if viewer.permissions.contains(.upload) { sections += [.mine, .upload, .trash] }
        if !viewer.permissions.isDisjoint(with: [.manageAll, .manageCustomers]) { sections.append(.managed) }
        if viewer.permissions.contains(.manageAccounts) { sections.append(.administration) }
        return sections
    }
}
