import Core

@testable import Site

extension Samples {
    /// One of each kind; the first three are unread.
    static let notifications = ListPage(
        items: events.enumerated().map { index, event in
            let moment = now - .minutes(Int64(7 * index * index))
            return NotificationEntry(
                id: ID(Int64(100 - index)),
                event: event,
                createdAt: moment,
                readAt: index < 3 ? nil : moment
            )
        },
        next: Cursor(.number(1_795_362_000_000), id: 88)
    )

    private static let events: [NotificationEvent] = [
        .mediaReady(.init(publicID: "v1", title: "Evening at the <lake>")),
        .mediaFailed(.init(publicID: "v4", title: "Old camera tape 14")),
        .newDevice(
            .init(
                address: "192.0.2.7",
                userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
            )
        ),
        .storageNearlyFull(.init(used: 9_878_424_781, limit: 10 << 30)),
        .importFinished(.init(publicID: "i1", added: 41)),
        .accountUnlocked,
        .accountTypeChanged(.init(name: "Premium")),
        .passwordChanged,
        .addressChanged,
        .secondFactorOn,
        .secondFactorOff,
        .passkeyAdded,
        .passkeyRemoved,
    ]
}
