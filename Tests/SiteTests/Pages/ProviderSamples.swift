import Core
import Web

@testable import Site

extension Samples {
    static let providerButtons = [
        SignInProvider.Button(publicID: "p1", name: "Example & Sons"), .init(publicID: "p2", name: "Google"),
    ]

    static let providers = [
        SignInProvider(
            id: ID(1),
            publicID: "p1",
            name: "Example & Sons",
            issuer: "https://login.example.net/realms/media",
            clientID: "mediashare",
            createdAt: now - .days(40),
            accounts: 1234
        ),
        SignInProvider(
            id: ID(2),
            publicID: "p2",
            name: "Google",
            issuer: "https://accounts.google.com",
            clientID: "123.apps.googleusercontent.com",
            hasSecret: false,
            isEnabled: false,
            opensAccounts: true,
            createdAt: now - .days(2),
            accounts: 1
        ),
    ]

    static let providerForm = SignInProviderForm(
        provider: providers[0],
        redirect: "https://media.example.org/auth/oidc/p1/callback"
    )

    static let refusedProviderForm = SignInProviderForm(
        provider: nil,
        form: FormState(
            FormFields([.init("name", "Example"), .init("issuer", "http://example.net"), .init("client_id", "")]),
            problems: [
                .init("issuer", "Type the issuer's address like https://accounts.example.com."),
                .init("client_id", "Type the client ID that the provider gave you."),
            ]
        )
    )

    static var departure: any Page {
        let address = "https://login.example.net/authorize?response_type=code&state=s"
        let departure = ProviderDeparture(address: address, browser: "b", provider: "Example & Sons")
        return DeparturePage(departure) ?? ProblemPage(status: 500) as any Page
    }

    static let linkedProviders = LinkedProvidersPage(
        identities: [
            ProviderIdentity(
                publicID: "i1",
                provider: "Example & Sons",
                email: "uma@<example>.net",
                createdAt: now - .days(40),
                lastUsedAt: now - .hours(3)
            ),
            ProviderIdentity(publicID: "i2", provider: "Google", email: nil, createdAt: now, lastUsedAt: nil),
        ],
        providers: providerButtons
    )
}
