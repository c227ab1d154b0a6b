package import Core
import Foundation
package import Hummingbird
package import Logging
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle
import Web

/// The web site over a platform: middleware, routes, and what all handlers share.
package struct Site: Sendable {
    package let platform: Platform
    package let settings: Settings
    let cookies: SiteCookies
    let assets: SiteAssets
    let languages: Languages
    let files: FileServer
    let logger: Logger
    private let stopping = NIOLockedValueBox(false)

    package init(platform: Platform, settings: Settings, logger: Logger) throws {
        self.platform = platform
        self.settings = settings
        self.logger = logger
        cookies = SiteCookies(isSecure: settings.isSecure)
        assets = try SiteAssets(reloadingFrom: settings.isDebug ? SiteAssets.sourceFolder : nil)
        languages = try Site.languages
        files = FileServer(accelRedirectPrefix: settings.accelRedirectPrefix)
    }

    /// English, and every language that has a catalogue beside the pages.
    static var languages: Languages {
        get throws { try Languages(catalogues: EmbeddedFiles.all.filter { $0.path.hasSuffix(".po") }) }
    }

    var assetLinks: AssetLinks {
        let assets = assets
        return AssetLinks { assets.link($0) }
    }

    /// Whether the program was asked to stop: readiness says no, and open event streams end.
    var isStopping: Bool { stopping.withLockedValue { $0 } }

    func stop() {
        stopping.withLockedValue { $0 = true }
        platform.notificationFeed.close()
    }

    /// The router with everything in front of it, and the table of its routes.
    package func router() throws -> (router: Router<SiteContext>, routes: [Route]) {
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        let secret = SecretKey(String(decoding: settings.secretKey, as: UTF8.self))
        router.add(middleware: RequestIdentity())
        router.add(middleware: RequestLog(quietRoutes: ["/livez", "/readyz"]))
        router.add(middleware: SecurityHeaders(isHTTPS: settings.isSecure))
        router.add(middleware: CompressionMiddleware())
        router.add(middleware: FlashMessages(secret: secret, isSecure: settings.isSecure))
        router.add(middleware: LanguageNegotiation(languages))
        router.add(middleware: Refusals(site: self))
        router.add(
            middleware: CrossSiteProtection(
                secret: secret,
                session: cookies.session,
                requiresToken: settings.environment != .testing
            )
        )
        router.add(middleware: Arrival(platform: platform, cookies: cookies, proxies: try settings.proxies))
        // Who asks is known from here on, and so is the language that they chose.
        router.add(middleware: LanguageNegotiation(languages) { _, context in context.identity.language })
        // Once more inside: what routes refuse is shown to whoever asks, with their name in the corner.
        router.add(middleware: Refusals(site: self))
        router.add(middleware: RateLimits<SiteContext>.strangersForms)
        router.add(middleware: LeavingAccount())
        router.add(middleware: RefusedAttempts(site: self))
        router.add(middleware: RequiredSecondFactor(userTypes: settings.secondFactorFor))
        router.add(middleware: ProfileChoice())
        var table = RouteTable(router: router)
        mount(on: &table)
        return (router, table.routes)
    }

    private func mount(on table: inout RouteTable) {
        HealthRoutes(site: self).mount(on: &table)
        AssetRoutes(site: self).mount(on: &table)
        HomeRoutes(site: self).mount(on: &table)
        SetupRoutes(site: self).mount(on: &table)
        AccountRoutes(site: self).mount(on: &table)
        SignUpRoutes(site: self).mount(on: &table)
        EmailLinkRoutes(site: self).mount(on: &table)
        SecondStepRoutes(site: self).mount(on: &table)
        ProofRoutes(site: self).mount(on: &table)
        SecondFactorRoutes(site: self).mount(on: &table)
        PasskeyRoutes(site: self).mount(on: &table)
        ProviderSignInRoutes(site: self).mount(on: &table)
        LinkedProviderRoutes(site: self).mount(on: &table)
        SecurityRoutes(site: self).mount(on: &table)
        TokenRoutes(site: self).mount(on: &table)
        ProfileRoutes(site: self).mount(on: &table)
        AddressChangeRoutes(site: self).mount(on: &table)
        ExportRoutes(site: self).mount(on: &table)
        DepartureRoutes(site: self).mount(on: &table)
        NotificationRoutes(site: self).mount(on: &table)
        ViewerProfileRoutes(site: self).mount(on: &table)
        HistoryRoutes(site: self).mount(on: &table)
        PolicyRoutes(site: self).mount(on: &table)
        if let mails = platform.developmentMail { DevelopmentMailRoutes(site: self, mails: mails).mount(on: &table) }
        LibraryRoutes(site: self).mount(on: &table)
        UploadRoutes(site: self).mount(on: &table)
        StatusRoutes(site: self).mount(on: &table)
        MediaRoutes(site: self).mount(on: &table)
        FileRoutes(site: self).mount(on: &table)
        PlaybackRoutes(site: self).mount(on: &table)
        StreamAPI(site: self).mount(on: &table)
        AddressRoutes(site: self).mount(on: &table)
        MediaAPI(site: self).mount(on: &table)
        JobAPI(site: self).mount(on: &table)
        PeopleRoutes(site: self).mount(on: &table)
        ImportRoutes(site: self).mount(on: &table)
        PersonRoutes(site: self).mount(on: &table)
        ClosingRoutes(site: self).mount(on: &table)
        ImpersonationRoutes(site: self).mount(on: &table)
        UserTypeRoutes(site: self).mount(on: &table)
        SignInProviderRoutes(site: self).mount(on: &table)
        AuditRoutes(site: self).mount(on: &table)
    }
}
