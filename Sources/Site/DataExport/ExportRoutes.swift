import Core
import HTTPTypes
import Hummingbird
import Web

/// Taking everything along that is stored about oneself.
struct ExportRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/user/profile/export", .signedIn, "How to get a copy of one's data, or how far it is", show)
        routes.form("/user/profile/export", .signedIn, "Ask for a copy of one's data", ask)
        routes.get("/user/profile/export/{id}", .signedIn, "One's own data, as a ZIP", kind: .file, download)
    }

    private var exports: DataExports { site.platform.exports }

    private func show(_ request: Request, _ context: InPersonContext) async throws -> Response {
        let page = ExportPage(
            export: try await exports.find(in: context.scope),
            originals: try await exports.originals(in: context.scope)
        )
        return site.page(page, context)
    }

    private func ask(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let language = Language.current.tag
        try await exports.ask(withOriginals: fields.isOn("originals"), language: language, in: context.scope)
        return site.redirect(to: Links.exports, saying: t("Your data are being put together."))
    }

    private func download(_ request: Request, _ context: ProvenContext) async throws -> Response {
        // A download that goes on where it stopped is the same one.
        let isNoted = request.method == .get && request.headers[.range] == nil
        let file = try await exports.open(context.parameter("id"), isNoted: isNoted, in: context.scope)
        return try await site.files.privateCopy(file, to: request, context.site)
    }
}
