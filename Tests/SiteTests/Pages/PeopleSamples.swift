import Core
import Web

@testable import Site

/// People as an administrator sees them.
enum PeopleSamples {
    static let pages: [SamplePage] = [
        .init("administration", AdministrationPage(), .administrator),
        .init("administration-visitor", AdministrationPage(), .visitor),
        .init("people", PeopleList(request: PeopleRequest(), people: people, types: types), .administrator),
        .init(
            "people-nobody",
            PeopleList(request: PeopleRequest(search: "<zebra>", state: .suspended), people: nobody, types: types),
            .administrator
        ),
        .init(
            "people-suspend",
            PeopleConfirm(act: .suspend, accounts: people.list.items, type: nil),
            .administrator
        ),
        .init("people-type", PeopleConfirm(act: .changeType, accounts: [uma], type: basic), .administrator),
        .init("person", show, .administrator),
        .init("person-edit", PersonEditPage(person: person, types: types), .administrator),
        .init(
            "person-edit-refused",
            PersonEditPage(
                person: person,
                types: types,
                form: FormState(
                    [
                        "username": "u", "email": "uma@example.org", "user_type": "basic", "status": "active",
                        "parent": "",
                    ],
                    problems: [.init("username", "A username has 3 to 32 characters.")]
                )
            ),
            .administrator
        ),
        .init("person-delete", ClosingPage(person: person, use: show.use, hasCustomers: true), .administrator),
        .init("person-closed", closed, .administrator),
        .init("person-impersonate", ImpersonationPage(person: person), .administrator),
        .init("user-types", UserTypeList(types: types), .administrator),
        .init("user-type", UserTypeForm(type: basic, isDefault: true), .administrator),
        .init("user-type-add", UserTypeForm(type: nil), .administrator),
        .init("people-import", ImportForm(), .administrator),
        .init("people-import-checked", ImportShow(report: report(.checked)), .administrator),
        .init("people-import-running", ImportShow(report: report(.running)), .administrator),
        .init("people-import-done", ImportShow(report: report(.done)), .administrator),
        .init("person-add", PersonAddPage(types: types, canInvite: true), .administrator),
    ]

    static let basic = UserType(
        id: ID(4),
        code: "basic",
        name: "Basic",
        permissions: [.upload],
        limits: .init(storage: 20_000_000_000)
    )
    static let types = [
        UserType(id: ID(1), code: "admin", name: "Administrator", permissions: [.manageAll], limits: .init()), basic,
    ]

    static let sam = Account(
        id: ID(2),
        publicID: "sAm2",
        username: "sam",
        email: "sam@example.org",
        typeCode: "reseller",
        createdAt: Samples.now - .days(300),
        lastSignInAt: Samples.now - .hours(2),
        emailVerifiedAt: Samples.now - .days(300)
    )
    static let uma = Account(
        id: ID(3),
        publicID: "uMa3",
        username: "uma",
        email: "uma@<example>.org",
        typeCode: "basic",
        parent: ID(2),
        status: .suspended,
        storageUsed: 3_120_000_000,
        createdAt: Samples.now - .days(20)
    )

    static let people = PeoplePage(
        list: ListPage(items: [uma, sam], next: Cursor(.number(1), id: 2)),
        count: nil,
        parents: [ID(2): "sam"]
    )
    static let nobody = PeoplePage(list: ListPage(items: [], next: nil), count: 0, parents: [:])

    static let person = Person(
        account: uma,
        type: basic,
        parent: sam,
        level: 2,
        customers: 1,
        wrongTries: 3,
        notes: [
            PersonNote(
                id: ID(1),
                author: "root",
                text: "Asked for <more> space.\nGot it.",
                createdAt: Samples.now - .days(1)
            )
        ]
    )

    private static func report(_ state: PeopleImport.State) -> ImportReport {
        ImportReport(
            list: PeopleImport(publicID: "iMp1", state: state, total: 300, position: 120, added: 118),
            ready: 298,
            problems: [
                .init(line: 3, username: "<uma>", problem: .init("username", "Choose a username.")),
                .init(
                    line: 17,
                    username: "sam",
                    problem: .init("username", "The same username or address stands in line %1.", "4")
                ),
            ]
        )
    }

    static let closed = PersonShow(
        person: Person(
            account: Account(
                id: ID(5),
                publicID: "gOne5",
                username: "gone",
                email: "gone@example.org",
                typeCode: "basic",
                status: .closed,
                createdAt: Samples.now - .days(90)
            ),
            type: basic,
            parent: nil,
            level: 0,
            customers: 0,
            wrongTries: 0,
            notes: [],
            closing: AccountClosing(closedAt: Samples.now - .days(2), eraseAt: Samples.now + .days(28))
        ),
        use: [],
        sessions: [],
        customers: nobody,
        activity: []
    )

    static let show = PersonShow(
        person: person,
        use: [
            KindUse(kind: .video, items: 12, bytes: 3_000_000_000),
            KindUse(kind: .image, items: 40, bytes: 120_000_000),
        ],
        sessions: [
            SessionSummary(
                id: ID(1),
                publicID: "sE1",
                createdAt: Samples.now - .days(2),
                lastUsedAt: Samples.now - .minutes(4),
                address: "192.0.2.7",
                userAgent: "Mozilla/5.0 <Firefox>"
            )
        ],
        customers: PeoplePage(list: ListPage(items: [sam], next: nil), count: 1, parents: [:]),
        activity: [
            AuditEntry(
                id: ID(1),
                happenedAt: Samples.now - .hours(1),
                action: "account.status_changed",
                actor: ID(1),
                subject: .account(ID(3)),
                personal: AuditPersonal(details: [:], address: "192.0.2.1", userAgent: nil)
            )
        ]
    )
}

/// The audit trail as an administrator sees it.
enum AuditSamples {
    static let pages: [SamplePage] = [
        .init(
            "audit",
            AuditPage(
                view: AuditView(action: "account.edited"),
                entries: ListPage(items: entries, next: Cursor(.number(1), id: 1)),
                names: [ID(1): "root", ID(3): "uma"],
                actions: ["account.edited", "account.signed_in"]
            ),
            .administrator
        ),
        .init(
            "audit-nothing",
            AuditPage(
                view: AuditView(actor: "<zebra>"),
                entries: ListPage(items: [], next: nil),
                names: [:],
                actions: []
            ),
            .administrator
        ),
    ]

    private static let entries = [
        AuditEntry(
            id: ID(4),
            happenedAt: Samples.now - .minutes(5),
            action: "account.edited",
            actor: ID(1),
            onBehalfOf: ID(9),
            subject: .account(ID(3)),
            requestID: "01JD9Z8Q5T",
            sequence: 71,
            personal: AuditPersonal(
                details: ["email.before": "uma@example.org", "email": "<new>@example.org"],
                address: "192.0.2.1",
                userAgent: "Mozilla/5.0"
            )
        ),
        AuditEntry(
            id: ID(3),
            happenedAt: Samples.now - .hours(5),
            action: "media.created",
            actor: ID(3),
            subject: AuditSubject(kind: "media", id: 12),
            personal: nil
        ),
        AuditEntry(
            id: ID(2),
            happenedAt: Samples.now - .days(2),
            action: "tenant.created",
            actor: nil,
            subject: nil,
            personal: AuditPersonal(details: ["name": "Other"], address: nil, userAgent: nil)
        ),
    ]
}
