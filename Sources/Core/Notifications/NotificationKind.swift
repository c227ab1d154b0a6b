import Persistence

/// What somebody can be told of.
package enum NotificationKind: String, Sendable, Hashable, CaseIterable, SQLConvertible {
    case mediaReady = "media_ready"
    case mediaFailed = "media_failed"
    case storageNearlyFull = "storage_nearly_full"
    case importFinished = "import_finished"
    case accountUnlocked = "account_unlocked"
    case accountTypeChanged = "account_type_changed"
    case newDevice = "new_device"
    case passwordChanged = "password_changed"
    case addressChanged = "address_changed"
    case secondFactorOn = "second_factor_on"
    case secondFactorOff = "second_factor_off"
    case passkeyAdded = "passkey_added"
    case passkeyRemoved = "passkey_removed"

    /// Whether a mail comes as well.
    package enum MailRule: Sendable, Hashable {
        /// A letter of its own, whatever somebody wishes: it is how they learn that another is in their account.
        case always
        case asChosen(byDefault: Bool)
    }

    package var mailRule: MailRule {
        switch self {
        case .mediaReady, .importFinished: .asChosen(byDefault: false)
        case .mediaFailed, .storageNearlyFull, .accountUnlocked, .accountTypeChanged: .asChosen(byDefault: true)
        case .newDevice, .passwordChanged, .addressChanged, .secondFactorOn, .secondFactorOff, .passkeyAdded,
            .passkeyRemoved:
            .always
        }
    }

    /// Those of which somebody decides whether a mail comes. Only who manages people imports any.
    package static func choosable(with permissions: Set<Permission>) -> [NotificationKind] {
        let isManager = !permissions.isDisjoint(with: [.manageAccounts, .manageCustomers])
        return allCases.filter { $0.mailRule != .always && ($0 != .importFinished || isManager) }
    }
}
