import Core
import Web

@testable import Site

extension Samples {
    static let wrongUsername = FormState(
        ["username": "otto"],
        problems: [.init("username", "This is not your username.")]
    )

    static func export(_ state: DataExport.State?) -> ExportPage {
        let export = state.map { state in
            DataExport(publicID: "x1", state: state, createdAt: now - .hours(2), expiresAt: now + .days(7))
        }
        return ExportPage(export: export, originals: OriginalsSize(items: 15, bytes: 3_328_599_654))
    }

    static func deleteAccount(_ form: FormState = FormState()) -> DeleteAccountPage {
        DeleteAccountPage(
            username: "uma",
            use: [
                KindUse(kind: .video, items: 3, bytes: 3_221_225_472),
                KindUse(kind: .image, items: 12, bytes: 107_374_182),
            ],
            days: 14,
            hasCustomers: form.isRefused,
            form: form
        )
    }

    static let refusedProfile = FormState(
        ["display_name": "Uma <b>", "language": "de"],
        problems: [.init("display_name", "A name is one line of visible characters.")]
    )

    /// Uma's, who chose a name and German.
    static func profile(_ form: FormState? = nil, wantedEmail: String? = nil) -> ProfilePage {
        ProfilePage(
            account: Account(
                id: ID(4),
                publicID: "uma",
                username: "uma",
                displayName: "Uma Umber",
                email: "uma@example.org",
                typeCode: "basic",
                createdAt: now,
                language: "de"
            ),
            wantedEmail: wantedEmail,
            languages: [.init("en", "English"), .init("de", "Deutsch")],
            notifications: NotificationChoices(
                kinds: NotificationKind.choosable(with: [.upload]),
                mailed: [.mediaFailed, .storageNearlyFull]
            ),
            form: form
        )
    }
}
