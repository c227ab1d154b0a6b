import Core
import HTTPTypes
import Hummingbird
import NIOCore
import Web

/// People come in from a list and go out as one.
struct ImportRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/admin/users/import", .may(.manageAccounts), "The form to import people", form)
        routes.stream("/admin/users/import", .may(.manageAccounts), "Hand in a list of people", handIn)
        routes.get("/admin/users/import/{id}", .may(.manageAccounts), "What a list would do, or how far it is", show)
        routes.form("/admin/users/import/{id}/start", .may(.manageAccounts), "Import a list of people", start)
        routes.get("/admin/users/export", .may(.manageAccounts), "The people as a CSV file", kind: .file, export)
    }

    private func form(_ request: Request, _ context: ProvenContext) async throws -> Response {
        site.page(ImportForm(), context)
    }

    private func handIn(_ request: Request, _ context: ProvenContext) async throws -> Response {
        do {
            let bytes = try await file(of: request)
            let id = try await site.platform.imports.handIn(bytes, in: context.scope)
            return site.redirect(to: Links.peopleImport(id))
        } catch let failure as Failure where failure.kind == .invalid {
            let problems = failure.fields.map { FormState.Problem($0.field, $0.words) }
            let form = FormState(problems: problems, message: t(verbatim: failure.message))
            return site.page(ImportForm(form: form), context, status: .unprocessableContent)
        }
    }

    /// The first file of the form; what is larger than a list may be is not kept.
    private func file(of request: Request) async throws -> [UInt8] {
        let reader = try MultipartReader(request, maximumFiles: 1)
        while let part = try await reader.next() {
            guard case .file(let file) = part else { continue }
            var bytes: [UInt8] = []
            for try await piece in file {
                guard bytes.count + piece.readableBytes <= PeopleImports.largestList else { throw Failure.listTooLarge }
                bytes += piece.readableBytesView
            }
            return bytes
        }
        return []
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let report = try await site.platform.imports.look(at: try context.parameter("id"), in: context.scope)
        return site.page(ImportShow(report: report), context)
    }

    private func start(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let id = try context.parameter("id")
        try await site.platform.imports.start(id, in: context.scope)
        return site.redirect(to: Links.peopleImport(id), saying: t("The import has begun."))
    }

    /// As filtered, in the list's order; goes out as it is read.
    private func export(_ request: Request, _ context: ProvenContext) async throws -> Response {
        var wanted = PeopleRequest(request.uri.queryParameters)
        wanted.limit = PeopleRequest.largestPage
        let (first, scope) = (wanted, context.scope)
        if request.method == .get { try await site.platform.people.recordExport(in: scope) }
        let body = ResponseBody { writer in
            try await writer.write(PeopleCSV.head)
            var (wanted, isLast) = (first, false)
            while !isLast, !site.isStopping {
                let page = try await site.platform.people.page(wanted, in: scope)
                try await writer.write(PeopleCSV.lines(page))
                wanted.cursor = page.list.next
                isLast = page.list.next == nil
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "private, no-store",
                .contentDisposition: ContentDisposition.attachment(filename: "people.csv").text,
            ],
            body: body
        )
    }
}

/// The list of people as CSV. Hashes of passwords are not in it.
enum PeopleCSV {
    static var head: ByteBuffer {
        var csv = CSVWriter()
        csv.row([
            "username", "email", "user_type", "state", "parent", "storage_bytes", "created_at", "last_sign_in_at",
            "email_confirmed_at",
        ])
        return ByteBuffer(bytes: csv.bytes)
    }

    static func lines(_ page: PeoplePage) -> ByteBuffer {
        var csv = CSVWriter()
        for account in page.list.items {
            csv.row([
                account.username, account.email, account.typeCode, account.status.rawValue,
                account.parent.flatMap { page.parents[$0] }, String(account.storageUsed), account.createdAt.rfc3339,
                account.lastSignInAt?.rfc3339, account.emailVerifiedAt?.rfc3339,
            ])
        }
        return ByteBuffer(bytes: csv.bytes)
    }
}

extension Links {
    static let peopleImport = Link(path: "admin", "users", "import")
    static func peopleImport(_ id: String) -> Link { Link(path: "admin", "users", "import", id) }
    static func peopleImportStart(_ id: String) -> Link { Link(path: "admin", "users", "import", id, "start") }
    static func peopleExport(_ request: PeopleRequest) -> Link {
        Link(path: "admin", "users", "export", query: request.query)
    }
}
