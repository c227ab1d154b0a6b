import Core
import Testing
import Web

@testable import Site

/// A page with sample values, under the name of its snapshot.
struct SamplePage: Sendable, CustomTestStringConvertible {
    let name: String
    let page: any Page
    let frame: Frame

    var html: String {
        let token = FormToken { "sample-token" }
        return FormToken.$current.withValue(token) { String(decoding: page.html(in: frame).bytes, as: UTF8.self) }
    }

    var testDescription: String { name }

    static let all =
        accounts + security + ViewerProfileSamples.pages + lists + items + PeopleSamples.pages + AuditSamples.pages
        + PolicySamples.pages + problems

    private static let accounts: [SamplePage] = [
        .init(
            "login",
            LoginPage(next: Links.mine),
            .visitor.telling(.init(.info, "Please log in to access this page."))
        ),
        .init("login-refused", LoginPage(form: Samples.refusedLogin), .visitor),
        .init("register", RegisterPage(policies: .init(privacy: 0, terms: 3), minimumPasswordLength: 8), .visitor),
        .init(
            "register-refused",
            RegisterPage(
                form: Samples.refusedRegistration,
                policies: .init(privacy: 0, terms: 3),
                minimumPasswordLength: 8
            ),
            .visitor
        ),
        .init("forgot-password", AskForLinkPage(.resetPassword), .visitor),
        .init("forgot-password-refused", AskForLinkPage(.resetPassword, form: Samples.refusedAddress), .visitor),
        .init("resend-verification", AskForLinkPage(.confirmAddress), .member),
        .init("reset-password", ResetPasswordPage(token: "one-time", minimumPasswordLength: 8), .visitor),
        .init("verify-email", VerifyEmailPage(token: "one-time"), .visitor),
        .init("second-step", SecondStepPage(next: Links.mine), .visitor),
        .init("second-step-refused", SecondStepPage(form: Samples.refusedCode), .visitor),
        .init("proof", ProofPage(next: Links.twoFactor, hasSecondFactor: true), .member),
        .init("two-factor", TwoFactorPage(factor: .init(since: Samples.now - .days(40), recoveryCodes: 2)), .member),
        .init("two-factor-off", TwoFactorPage(factor: .init(since: nil, recoveryCodes: 0), isRequired: true), .member),
        .init("two-factor-app", TwoFactorAppPage(enrolment: Samples.enrolment), .member),
        .init("two-factor-turn-off", TwoFactorOffPage(form: Samples.refusedCode), .member),
        .init("passkeys", PasskeysPage(passkeys: Samples.passkeys), .member),
        .init("passkeys-nameless", PasskeysPage(passkeys: [], isPossible: false), .member),
        .init("proof-passkey", ProofPage(next: Links.tokens, hasSecondFactor: false, hasPasskey: true), .member),
        .init("login-providers", LoginPage(providers: Samples.providerButtons), .visitor),
        .init("provider-departure", Samples.departure, .visitor),
        .init("linked-providers", Samples.linkedProviders, .member),
        .init("linked-providers-none", LinkedProvidersPage(identities: [], providers: []), .member),
        .init("sign-in-providers", SignInProviderList(providers: Samples.providers), .administrator),
        .init("sign-in-providers-empty", SignInProviderList(providers: []), .administrator),
        .init("sign-in-provider", Samples.providerForm, .administrator),
        .init("sign-in-provider-add", SignInProviderForm(provider: nil), .administrator),
        .init("sign-in-provider-refused", Samples.refusedProviderForm, .administrator),
        .init("sign-in-provider-remove", SignInProviderRemoval(provider: Samples.providers[0]), .administrator),
        .init("recovery-codes", RecoveryCodesPage(texts: Samples.recoveryCodes, isFirst: true), .member),
        .init("profile", Samples.profile(), .member),
        .init("profile-refused", Samples.profile(Samples.refusedProfile), .member),
        .init("profile-address", Samples.profile(wantedEmail: "uma.umber@example.org"), .member),
        .init("email-change", ChangeEmailPage(email: "uma@example.org", isConfirmed: true), .member),
        .init(
            "email-change-refused",
            ChangeEmailPage(email: "uma@example.org", isConfirmed: false, form: Samples.refusedAddress),
            .member
        ),
        .init("email-confirm", ConfirmEmailPage(email: "uma.umber@example.org", token: "one-time"), .visitor),
        .init("email-keep", KeepEmailPage(email: "uma@example.org", token: "one-time"), .visitor),
        .init(
            "sign-up-finish",
            CompleteSignUpPage(
                email: "nora@example.org",
                token: "one-time",
                form: FormState(
                    ["username": "nora"],
                    problems: [.init("username", "This username is taken. Choose another one.")]
                )
            ),
            .visitor
        ),
        .init("account-delete", Samples.deleteAccount(), .member),
        .init("account-delete-refused", Samples.deleteAccount(Samples.wrongUsername), .manager),
        .init("export", Samples.export(nil), .member),
        .init("export-under-way", Samples.export(.underWay(progress: 0.42)), .member),
        .init("export-ready", Samples.export(.ready(size: 3_328_599_654)), .member),
        .init("export-failed", Samples.export(.failed), .member),
        .init("leaving", LeavingPage(leavesAt: Samples.now + .days(9)), .member),
        .init("development-mails", Samples.developmentMails, .visitor),
        .init("development-mails-empty", DevelopmentMailList(items: []), .visitor),
        .init("development-mail", Samples.developmentMail, .visitor),
        .init("setup", AdminSetupPage(token: "one-time", minimumPasswordLength: 8), .visitor),
        .init("home", HomePage(cards: Samples.publicCards), .visitor),
        .init("home-empty", HomePage(cards: []), .visitor),
        .init("dashboard", Samples.dashboard, .member.telling(.init(.good, "Your account is ready."))),
        .init(
            "dashboard-empty",
            DashboardPage(
                begun: [],
                use: [],
                limit: nil,
                recent: [],
                notices: [.unprovenEmail("uma@example.org"), .passwordAlone, .full]
            ),
            .member
        ),
        .init("home-referred", HomePage(cards: [], isInvitation: true), .visitor),
    ]

    private static let security: [SamplePage] = [
        .init("security", Samples.security(), .member),
        .init("security-refused", Samples.security(Samples.refusedPassword), .member),
        .init("notifications", NotificationList(entries: Samples.notifications, unread: 3), .member),
        .init(
            "notifications-empty",
            NotificationList(entries: ListPage(items: [], next: nil), isUnread: true, unread: 0),
            .member
        ),
        .init("tokens", Samples.tokens(), .member),
        .init("tokens-created", Samples.tokens(created: true), .member),
        .init("tokens-none", TokensPage(tokens: ListPage(items: [], next: nil), permissions: []), .member),
    ]

    private static let lists: [SamplePage] = [
        .init("library", Samples.library, .member),
        .init("library-visitor", Samples.library, .visitor),
        .init("library-managed", Samples.managed, .manager),
        .init("library-search-empty", LibraryPage(filter: .init(text: "zebra <3"), cards: [], next: nil), .member),
        .init("library-mine-empty", LibraryPage(filter: .init(shelf: .own), cards: [], next: nil), .member),
        .init("trash", Samples.trash, .member),
        .init("trash-empty", TrashPage(items: [], next: nil), .member),
    ]

    private static let items: [SamplePage] = [
        .init("media-video", MediaShow(media: Samples.video()), .member),
        .init("media-film-growing", MediaShow(media: Samples.growingFilm), .member),
        .init("media-too-fine", MediaShow(media: Samples.tooFine), .member),
        .init("media-video-visitor", MediaShow(media: Samples.video(mayEdit: false)), .visitor),
        .init("media-video-managed", MediaShow(media: Samples.video(owner: "uma")), .manager),
        .init("media-audio", MediaShow(media: Samples.audio), .member),
        .init("media-image", MediaShow(media: Samples.image), .member),
        .init("media-document", MediaShow(media: Samples.document), .member),
        .init("media-unviewable", MediaShow(media: Samples.unviewable), .member),
        .init("media-processing", MediaShow(media: Samples.video(state: Samples.underWay)), .member),
        .init("media-failed", MediaShow(media: Samples.video(state: Samples.failed)), .member),
        .init("media-edit", MediaEdit(id: "v1", title: "Evening at the lake", form: Samples.editForm), .member),
        .init("media-delete", MediaDelete(id: "aB3dE6gH9jK", title: "Evening at <the> lake"), .member),
        .init("upload", Samples.upload(FormState()), .member),
        .init("upload-refused", Samples.upload(Samples.refusedUpload), .member),
    ]

    private static let problems: [SamplePage] =
        [403, 404, 413, 422, 429, 500, 503].map { status in
            SamplePage("problem-\(status)", ProblemPage(status: status), .member)
        } + [SamplePage("problem-404-visitor", ProblemPage(status: 404), .visitor)]

    init(_ name: String, _ page: any Page, _ frame: Frame) {
        self.name = name
        self.page = page
        self.frame = frame
    }
}

extension Frame {
    static let member = Frame(signedIn: "uma", [.upload, .download, .share])
    /// Somebody with an age limit.
    static let child = Frame(signedIn: "uma", [.download], ViewerProfileSamples.mia)
    static let manager = Frame(signedIn: "sam", [.upload, .download, .share, .manageCustomers])

    static let administrator = Frame(signedIn: "root", Set(Permission.allCases))

    private init(
        signedIn name: String,
        _ permissions: Set<Permission>,
        _ profile: ViewerProfile = ViewerProfileSamples.uma
    ) {
        self.init(
            viewer: Viewer(
                name: name,
                email: "\(name)@example.org",
                permissions: permissions,
                storage: .init(used: 3_328_599_654, limit: 10 << 30),
                unread: 3,
                profile: profile
            ),
            assets: .plain,
            here: Links.library,
            now: Samples.now,
            requestID: "01JD9Z8Q5T"
        )
    }

    static let visitor = Frame(
        viewer: nil,
        assets: .plain,
        here: Links.library,
        now: Samples.now,
        requestID: "01JD9Z8Q5T"
    )

    func telling(_ flash: Flash) -> Frame {
        Frame(
            viewer: viewer,
            flashes: [flash],
            assets: assets,
            here: here,
            now: now,
            requestID: requestID
        )
    }
}

extension AssetLinks {
    /// Without hashes, so that a change of the style sheet changes no snapshot.
    static let plain = AssetLinks { Link(path: "assets", $0) }
}
