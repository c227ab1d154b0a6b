import Core
import Site
import Web

extension Samples {
    static let editForm = FormState(values: [
        "title": "Evening at the lake", "description": "The last boats come in.", "visibility": "unlisted",
        "age_rating": "12",
    ])

    static let refusedLogin = FormState(
        ["email": "uma@example.org"],
        message: "The e-mail address or the password is not right."
    )

    static let refusedCode = FormState(problems: [.init("code", "This code is not right.")])

    static let passkeys = [
        Passkey(id: ID(1), publicID: "p1", name: "Telephone", createdAt: now - .days(40), lastUsedAt: now - .hours(2)),
        Passkey(id: ID(2), publicID: "p2", name: "Key <blue>", createdAt: now - .days(3), lastUsedAt: nil),
    ]

    static let recoveryCodes = ["abcd-efgh-2345-67ab", "ijkl-mnop-7654-32cd"]

    /// A chequered square in place of a code.
    static let enrolment = SecondFactor.Enrolment(
        key: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        address: "otpauth://totp/MediaShare:uma@example.org?secret=GEZDGNBVGY3TQOJQ",
        picture: (0..<4).map { y in (0..<4).map { x in (x + y).isMultiple(of: 2) } }
    )

    static let refusedRegistration = FormState(
        ["username": "uma", "email": "uma@example.org", "password": "secret"],
        problems: [
            .init("username", "This user name is taken."), .init("password", "Use at least 8 characters."),
        ],
        message: "Please check the marked fields."
    )

    static let refusedAddress = FormState(
        ["email": "uma"],
        problems: [.init("email", "This is not an e-mail address. Type it like name@example.com.")]
    )

    static let developmentMails = DevelopmentMailList(items: [
        .init(
            name: "1767268800000-mail-1.eml",
            to: "\"uma\" <uma@example.org>",
            subject: "Choose a new <password>",
            date: "Thu, 01 Jan 2026 12:00:00 +0000"
        )
    ])

    static let developmentMail = DevelopmentMailShow(
        subject: "Choose a new <password>",
        to: "\"uma\" <uma@example.org>",
        text: "Hello uma,\n\nhttps://media.example.org/auth/reset-password?token=abc&x=1\n\njavascript:alert(1)\n"
    )

    static let refusedUpload = FormState(
        ["title": "Notes \"<1>\"", "visibility": "public"],
        problems: [.init("file", "Files of this type cannot be uploaded.")]
    )

    static func upload(_ form: FormState) -> UploadPage {
        UploadPage(
            form: form,
            limits: [
                .init(kind: .video, extensions: ["avi", "mkv", "mov", "mp4", "webm"], maximumSize: 20_000_000_000),
                .init(kind: .audio, extensions: ["flac", "m4a", "mp3", "ogg", "wav"], maximumSize: 2_000_000_000),
                .init(kind: .image, extensions: ["gif", "jpeg", "jpg", "png", "webp"], maximumSize: 100_000_000),
                .init(kind: .document, extensions: ["docx", "epub", "pdf", "txt"], maximumSize: 250_000_000),
            ],
            free: 6_880_000_000
        )
    }

    static let dashboard = DashboardPage(
        begun: [
            card("v1", "Evening at the lake", .video, .seconds(727), "1080p", ago: .days(3), .private, watched: 0.38),
            card("a1", "Slow tide (live)", .audio, .seconds(254), ago: .hours(2), watched: 0.91),
        ],
        use: [
            .init(kind: .video, items: 12, size: 2_400_000_000), .init(kind: .audio, items: 31, size: 410_000_000),
            .init(kind: .image, items: 208, size: 296_000_000), .init(kind: .document, items: 9, size: 14_000_000),
        ],
        limit: 10_000_000_000,
        recent: Array(cards.prefix(6)),
        notices: [
            .nearlyFull(left: 880_000_000),
            .failed([.init(id: "v4", title: "Old camera <tape> 14"), .init(id: "v9", title: "Old camera tape 15")]),
        ]
    )
}
