import Web

@testable import Core
@testable import Site

extension Samples {
    static let refusedPassword = FormState(
        ["current_password": "secret", "password": "secret", "password_confirmation": "secret"],
        problems: [.init("current_password", "This is not your current password.")]
    )

    static func security(_ form: FormState = FormState()) -> SecurityPage {
        SecurityPage(
            form: form,
            sessions: ListPage(
                items: [
                    session(1, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", .minutes(1)),
                    session(
                        2,
                        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1",
                        .days(2)
                    ),
                    session(3, "<script>alert(1)</script>", .days(5)),
                ],
                next: nil
            ),
            current: ID(1),
            minimumPasswordLength: 8
        )
    }

    private static func session(_ id: Int64, _ userAgent: String, _ ago: Duration) -> SessionSummary {
        SessionSummary(
            id: ID(id),
            publicID: "s\(id)",
            createdAt: now - .days(9),
            lastUsedAt: now - ago,
            address: "192.0.2.\(id)",
            userAgent: userAgent
        )
    }

    static func tokens(created: Bool = false) -> TokensPage {
        let tokens = [
            token(1, "Backup <nightly>", lastUsed: .minutes(4)),
            token(2, "Old phone", expires: .days(1)),
            token(3, "Script", revoked: true),
        ]
        return TokensPage(
            form: FormState(values: ["lifetime": "90", "permissions": "upload"]),
            tokens: ListPage(items: tokens, next: nil),
            permissions: [.upload, .share, .download],
            created: created ? APITokens.Created(token: tokens[0], secret: "ms_sample") : nil
        )
    }

    private static func token(
        _ id: Int64,
        _ name: String,
        lastUsed: Duration? = nil,
        expires: Duration? = nil,
        revoked: Bool = false
    ) -> APIToken {
        APIToken(
            id: ID(id),
            publicID: "t\(id)",
            account: ID(1),
            name: name,
            permissions: [.upload, .download],
            createdAt: now - .days(40),
            expiresAt: expires.map { now - $0 },
            lastUsedAt: lastUsed.map { now - $0 },
            revokedAt: revoked ? now - .days(2) : nil
        )
    }
}
