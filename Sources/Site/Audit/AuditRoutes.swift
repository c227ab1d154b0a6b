import Core
import HTTPTypes
import Hummingbird
import Web

/// The audit trail, to look at and to take along.
struct AuditRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/admin/audit", .may(.seeAudit), "The audit trail", list)
        routes.get("/admin/audit/export", .may(.seeAudit), "The audit trail as a file", kind: .file, export)
    }

    private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = request.uri.queryParameters
        let view = AuditView(query)
        let cursor = try query.cursor
        var entries = ListPage<AuditEntry>(items: [], next: nil)
        if let filter = try await filter(view, context) {
            entries = try await site.platform.audit.list(filter, behind: cursor, in: context.scope)
        }
        let page = AuditPage(
            view: view,
            entries: entries,
            names: try await names(entries.items, context.scope),
            actions: try await site.platform.audit.actions(in: context.scope)
        )
        return site.page(page, context)
    }

    /// Goes out as it is read, a few hundred entries at a time, and ends at what was there when it began.
    private func export(_ request: Request, _ context: ProvenContext) async throws -> Response {
        let query = request.uri.queryParameters
        let format = query["format"].flatMap { AuditFormat(rawValue: String($0)) } ?? .csv
        let filter = try await filter(AuditView(query), context)
        let scope = context.scope
        if request.method == .get { try await site.platform.audit.recordExport(format.rawValue, in: scope) }
        let body = ResponseBody { writer in
            if let head = format.head { try await writer.write(head) }
            var cursor: Cursor?
            while let filter {
                let page = try await site.platform.audit.list(filter, behind: cursor, limit: 200, in: scope)
                try await writer.write(format.lines(page.items, try await names(page.items, scope)))
                guard let next = page.next, !site.isStopping else { break }
                cursor = next
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: format.contentType, .cacheControl: "private, no-store",
                .contentDisposition: ContentDisposition.attachment(filename: "audit.\(format.rawValue)").text,
            ],
            body: body
        )
    }

    private func filter(_ view: AuditView, _ context: some NarrowContext) async throws -> Audit.Filter? {
        func id(_ name: String) async throws -> ID<Account>? {
            name.isEmpty ? nil : try await site.platform.people.id(named: name, in: context.scope)
        }
        return view.filter(actorID: try await id(view.actor), subjectID: try await id(view.subject))
    }

    private func names(_ entries: [AuditEntry], _ scope: Scope) async throws -> [ID<Account>: String] {
        try await site.platform.accounts.names(of: Set(entries.flatMap(\.accounts)), in: scope)
    }
}

extension AuditView {
    init(_ query: Parameters) {
        func text(_ name: Substring) -> String { query[name].map { String($0.prefix(80)) } ?? "" }
        self.init(
            actor: text("actor"),
            subject: text("subject"),
            action: text("action"),
            since: text("since"),
            until: text("until")
        )
    }
}
