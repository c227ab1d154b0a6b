import Core
import Web

/// What happened, in words for the list and for the mail, and where it leads to.
struct NotificationWords: Sendable {
    let event: NotificationEvent

    /// What a mail has as its subject.
    var title: String {
        switch event {
        case .mediaReady(let item): t("“\(item.title)” is ready")
        case .mediaFailed(let item): t("“\(item.title)” cannot be shown")
        case .storageNearlyFull: t("Your storage is nearly full")
        case .importFinished(let list):
            tn("%1 person was imported", "%1 people were imported", count: list.added)
        case .accountUnlocked: t("Your account was unlocked")
        case .accountTypeChanged(let change): t("Your account is of the type “\(change.name)” now")
        case .newDevice: t("Your account was used on a new device")
        case .passwordChanged: t("Your password was changed")
        case .addressChanged: t("Your e-mail address was changed")
        case .secondFactorOn: t("Two-step sign-in is on")
        case .secondFactorOff: t("Two-step sign-in is off")
        case .passkeyAdded: t("A passkey was added")
        case .passkeyRemoved: t("A passkey was removed")
        }
    }

    /// What else there is to say.
    var text: String {
        switch event {
        case .mediaReady: t("It can be watched, heard or read from now on.")
        case .mediaFailed: t("The file is kept and can be downloaded; its page says what is wrong.")
        case .storageNearlyFull(let storage):
            t("\(size(storage.used)) of \(size(storage.limit)) are in use. What you delete for good makes room.")
        case .importFinished: t("The list was worked through to its end.")
        case .accountUnlocked: t("You can log in again.")
        case .accountTypeChanged: t("An administrator changed what it may do and how much it may store.")
        case .newDevice(let device): t("\(BrowserName(userAgent: device.userAgent).text), address \(device.address)")
        case .passwordChanged: t("Every other browser was logged out.")
        case .addressChanged: t("From now on mails go to the new one.")
        case .secondFactorOn: t("From now on a code of your authenticator app is asked for besides the password.")
        case .secondFactorOff: t("From now on the password alone is enough.")
        case .passkeyAdded: t("From now on it opens your account.")
        case .passkeyRemoved: t("It opens your account no more.")
        }
    }

    var link: Link {
        switch event {
        case .mediaReady(let item), .mediaFailed(let item): Links.media(item.publicID)
        case .storageNearlyFull, .accountTypeChanged: Links.dashboard
        case .importFinished: Links.people()
        case .newDevice, .accountUnlocked, .passwordChanged: Links.security
        case .addressChanged: Links.profile
        case .secondFactorOn, .secondFactorOff: Links.twoFactor
        case .passkeyAdded, .passkeyRemoved: Links.passkeys
        }
    }

    var icon: Icon {
        switch event {
        case .mediaReady: .check
        case .mediaFailed, .storageNearlyFull: .alert
        case .importFinished: .people
        case .accountUnlocked, .accountTypeChanged, .addressChanged: .account
        case .newDevice: .screen
        case .passwordChanged, .passkeyAdded, .passkeyRemoved: .lock
        case .secondFactorOn, .secondFactorOff: .shield
        }
    }

    private func size(_ bytes: Int64) -> String { Language.current.size(bytes: bytes) }
}

extension NotificationKind {
    /// What the choice is called whether a mail comes.
    var choiceName: String {
        switch self {
        case .mediaReady: t("One of your items is ready")
        case .mediaFailed: t("One of your items cannot be shown")
        case .storageNearlyFull: t("Your storage is nearly full")
        case .importFinished: t("An import has come to its end")
        case .accountUnlocked: t("Your account was unlocked")
        case .accountTypeChanged: t("Your account got another type")
        case .newDevice, .passwordChanged, .addressChanged, .secondFactorOn, .secondFactorOff, .passkeyAdded,
            .passkeyRemoved:
            t("Security")
        }
    }
}
