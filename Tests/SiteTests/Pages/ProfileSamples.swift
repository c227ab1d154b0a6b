import Core
import Web

@testable import Site

extension Samples {
    static let refusedProfile = FormState(
        ["display_name": "Uma <b>", "language": "de"],
        problems: [.init("display_name", "A name is one line of visible characters.")]
    )

    /// Uma's, who chose a name and German.
    static func profile(_ form: FormState? = nil) -> ProfilePage {
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
            languages: [.init("en", "English"), .init("de", "Deutsch")],
            form: form
        )
    }
}
