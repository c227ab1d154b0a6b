import Persistence

/// Telling people that somebody signed in from a browser which their account did not know.
enum NewDevice {
    /// Somebody whose browser forgets its cookies is not told each time.
    private static let mostAnHour = 3

    /// - Parameter language: nil where no mail can be sent.
    ///
    /// Says nothing of a device that is known, nor of the first sign-in of all: whoever made the account knows of it.
    static func tell(
        _ id: ID<Account>,
        _ secret: String,
        language: String?,
        in scope: Scope,
        at now: Timestamp,
        on db: any Connection
    ) throws {
        guard let origin = scope.origin, try !DeviceQueries.knows(SecretHash.of(secret), of: id, on: db),
            let account = try AccountQueries.find(id, in: .system(), on: db), account.lastSignInAt != nil
        else { return }
        let hour = NotificationQueries.count(.newDevice, of: id, since: now - .hours(1))
        guard try db.value(hour, as: Int.self) ?? 0 < mostAnHour else { return }
        let device = LetterDevice(address: origin.address, userAgent: String(origin.userAgent.prefix(400)))
        let told = NotificationEvent.Device(address: device.address, userAgent: device.userAgent)
        try Notify.tell(id, .newDevice(told), at: now, on: db)
        guard let language else { return }
        try Outbox.add(
            .newDevice,
            to: account,
            language: language,
            about: LetterSubject(device: device),
            at: now,
            on: db
        )
    }
}
