import Core
import HTTPTypes
import Hummingbird
import Web

/// Mails that were not sent, for whoever develops on this machine. They hold links that open accounts, so nobody else sees them:
/// the request comes from this machine, names it as the host, and was not passed on by a proxy. Anywhere but in development the
/// addresses do not exist.
struct DevelopmentMailRoutes: Sendable {
    let site: Site
    let mails: DevelopmentMail

    func mount(on routes: inout RouteTable) {
        routes.get("/dev/mail", .everyone, "Mails that were not sent; in development, on this machine", list)
        routes.get("/dev/mail/{name}", .everyone, "One of them", show)
    }

    private func list(_ request: Request, _ context: SessionContext) async throws -> Response {
        try Self.requireThisMachine(request, context)
        let items = try await mails.list().map {
            DevelopmentMailList.Item(name: $0.name, to: $0.to, subject: $0.subject, date: $0.date)
        }
        return site.page(DevelopmentMailList(items: items), context)
    }

    private func show(_ request: Request, _ context: SessionContext) async throws -> Response {
        try Self.requireThisMachine(request, context)
        let mail = try await mails.find(context.parameter("name"))
        return site.page(DevelopmentMailShow(subject: mail.subject, to: mail.to, text: mail.text), context)
    }

    private static let forwarding = ["Forwarded", "Via", "X-Forwarded-For", "X-Real-IP"].compactMap { name in
        HTTPField.Name(name)
    }

    private static func requireThisMachine(_ request: Request, _ context: SessionContext) throws(Failure) {
        let host = (request.head.authority ?? "").split(separator: ":").first ?? ""
        let isAskedByName = ["localhost", "127.0.0.1"].contains(host)
        let isNear = context.site.origin.address == "::1" || context.site.origin.address.hasPrefix("127.")
        let isDirect = forwarding.allSatisfy { request.headers[$0] == nil }
        guard isAskedByName, isNear, isDirect else { throw .notFound }
    }
}
