/// When wrong tries close the door, and for how long. A pure function of the tries of the last day.
///
/// Five wrong tries from one client close it for that client for 15 minutes. A hundred wrong tries within a day from
/// all clients that are no known devices close it for all of these until the oldest is a day old. A known device has a
/// hundred of its own, so that nobody can lock people out of the device that they always use.
struct Lockout: Sendable, Hashable {
    static let triesBeforePause = 5
    static let pause = Duration.minutes(15)
    static let triesADay = 100
    static let memory = Duration.days(1)

    struct Try: Sendable, Hashable {
        let client: [UInt8]
        let isKnownDevice: Bool
        let at: Timestamp
    }

    /// Of the last day, oldest first.
    let tries: [Try]

    /// nil when the client may try.
    func until(for client: SignInClient, now: Timestamp) -> Timestamp? {
        let recent = tries.filter { now - $0.at < Self.memory }
        let own = recent.filter { $0.client == client.hash && $0.isKnownDevice == client.isKnownDevice }
        let counted = client.isKnownDevice ? own : recent.filter { !$0.isKnownDevice }
        if counted.count >= Self.triesADay {
            return counted[counted.count - Self.triesADay].at + Self.memory
        }
        guard let last = own.last, own.count.isMultiple(of: Self.triesBeforePause), now < last.at + Self.pause else {
            return nil
        }
        return last.at + Self.pause
    }
}

/// Whoever tries: a device that signed in before, or an address on the network.
struct SignInClient: Sendable, Hashable {
    let hash: [UInt8]
    let isKnownDevice: Bool
}
