import Core
import Web

extension Account.Status {
    var name: String {
        switch self {
        case .active: t("Active")
        case .suspended: t("Suspended")
        case .closed: t("Closed")
        }
    }
}

extension PeopleRequest.State {
    var name: String {
        switch self {
        case .active: t("Active")
        case .suspended: t("Suspended")
        case .closed: t("Closed")
        case .unverified: t("Address not confirmed")
        }
    }
}

extension PeopleRequest.Sort {
    var name: String {
        switch self {
        case .newest: t("Newest first")
        case .oldest: t("Oldest first")
        case .username: t("Username")
        case .storage: t("Most storage first")
        }
    }
}

extension Account {
    /// Suspended and closed in red, an address that nobody proved in yellow; nothing where all is well.
    var badges: HTML {
        let state: HTML =
            switch status {
            case .active: .empty
            case .suspended, .closed: "<span class=\"badge badge-bad\">\(status.name)</span> "
            }
        let address: HTML =
            isEmailVerified ? .empty : "<span class=\"badge badge-warn\">\(t("Address not confirmed"))</span>"
        return state + address
    }
}

/// The names by which forms know what can be done to accounts.
enum PersonActName: String, CaseIterable {
    case suspend, activate, unlock, verify
    case resetSecondFactor = "reset_second_factor"
    case changeType = "change_type"

    init?(_ fields: FormFields) {
        self.init(rawValue: fields.text("act"))
    }

    func act(_ fields: FormFields) -> PersonAct {
        switch self {
        case .suspend: .suspend
        case .activate: .activate
        case .unlock: .unlock
        case .verify: .verify
        case .resetSecondFactor: .resetSecondFactor(language: Language.current.tag)
        case .changeType: .changeType(fields.text("user_type"))
        }
    }

    /// As a button says it.
    var label: String {
        switch self {
        case .suspend: t("Suspend")
        case .activate: t("End suspension")
        case .unlock: t("Unlock")
        case .verify: t("Confirm the address")
        case .resetSecondFactor: t("Turn two-step sign-in off")
        case .changeType: t("Change the user type")
        }
    }

    func question(_ count: Int) -> String {
        switch self {
        case .suspend: tn("Suspend %1 account?", "Suspend %1 accounts?", count: count)
        case .activate: tn("End the suspension of %1 account?", "End the suspension of %1 accounts?", count: count)
        case .unlock: tn("Unlock %1 account?", "Unlock %1 accounts?", count: count)
        case .verify: tn("Confirm the address of %1 account?", "Confirm the addresses of %1 accounts?", count: count)
        case .resetSecondFactor:
            tn(
                "Turn two-step sign-in off for %1 account?",
                "Turn two-step sign-in off for %1 accounts?",
                count: count
            )
        case .changeType: tn("Change the type of %1 account?", "Change the type of %1 accounts?", count: count)
        }
    }

    /// What happens then.
    var consequence: String {
        switch self {
        case .suspend: t("They are signed out everywhere at once and cannot sign in until the suspension ends.")
        case .activate: t("They can sign in again.")
        case .unlock: t("Wrong tries to sign in are forgotten, and they can try again at once.")
        case .verify: t("You vouch that these people read the addresses of their accounts.")
        case .resetSecondFactor:
            t("Until they set it up again, the password is enough to sign in. Be sure of whom you are talking to.")
        case .changeType: t("What they may do and how much changes with their next click.")
        }
    }

    func done(_ count: Int) -> String {
        switch self {
        case .suspend: tn("%1 account is suspended.", "%1 accounts are suspended.", count: count)
        case .activate: tn("%1 account is active again.", "%1 accounts are active again.", count: count)
        case .unlock: tn("%1 account is unlocked.", "%1 accounts are unlocked.", count: count)
        case .verify: tn("%1 address is confirmed.", "%1 addresses are confirmed.", count: count)
        case .resetSecondFactor:
            tn(
                "Two-step sign-in is off for %1 account.",
                "Two-step sign-in is off for %1 accounts.",
                count: count
            )
        case .changeType: tn("%1 account has another type.", "%1 accounts have another type.", count: count)
        }
    }
}
