/// What somebody has to show before a profile is watched under, or changed. A child must not get out of a profile with an
/// age limit, neither into another one nor by changing what there is.
package enum ProfileDoor: Sendable, Hashable {
    case open
    /// The profile's own.
    case pin
    case pinOrPassword
    /// The account's.
    case password

    /// For watching under `profile` from here on.
    package init(toWatch profile: ViewerProfile, from watching: Watching?) {
        if profile.id == watching?.profile {
            self = .open
        } else if profile.hasPIN {
            self = .pin
        } else {
            self = watching?.ageLimit == nil ? .open : .password
        }
    }

    /// For changing or removing `profile`; nil is one that is yet to be made. Of somebody who is limited the PIN of
    /// another limited profile is not enough, which their sister may have told them.
    package init(toManage profile: ViewerProfile?, from watching: Watching?) {
        if watching?.ageLimit != nil {
            self = profile.map { $0.hasPIN && $0.ageLimit == nil } ?? false ? .pinOrPassword : .password
        } else if let profile, profile.hasPIN, profile.id != watching?.profile {
            self = .pinOrPassword
        } else {
            self = .open
        }
    }
}

/// What somebody shows at a door.
package struct ProfileKey: Sendable, Hashable {
    package let pin: String
    package let password: PasswordProof

    package init(pin: String, password: PasswordProof) {
        self.pin = pin
        self.password = password
    }
}

/// How long the next guess at a PIN waits: from the fifth wrong one on a minute, and each time twice as long, up to a day.
enum PINPause {
    static let guesses = 5

    static func length(after wrong: Int) -> Duration? {
        guard wrong >= guesses else { return nil }
        return min(Duration.minutes(1 << Int64(min(wrong - guesses, 11))), .days(1))
    }
}
