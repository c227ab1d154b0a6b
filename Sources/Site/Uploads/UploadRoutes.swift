import Core
import Hummingbird
import Web

/// Files on their way in: the page, the form without script, and the tus protocol.
struct UploadRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/media/upload", .may(.upload), "The page to upload files", form)
        routes.stream("/media/upload", .may(.upload), "Upload files without script", receive)
        let tus = ResumableUploads(UploadStore(uploads: site.platform.uploads)) { Links.resumableUpload($0) }
        routes.api(.options, "/uploads", .everyone, "What resumable uploads can do here (tus 1.0.0)") {
            (_, _: SessionContext) in try await tus.capabilities()
        }
        routes.api(.post, "/uploads", .may(.upload), "Begin a resumable upload") {
            (request, context: SignedInContext) in
            try await tus.create(request, by: context)
        }
        routes.api(.head, "/uploads/{id}", .may(.upload), "Where an upload stands") {
            (request, context: SignedInContext) in
            try await tus.status(of: context.parameter("id"), request, by: context)
        }
        routes.api(.patch, "/uploads/{id}", .may(.upload), "Send bytes to an upload") {
            (request, context: SignedInContext) in
            try await tus.append(to: context.parameter("id"), request, by: context)
        }
        routes.api(.delete, "/uploads/{id}", .may(.upload), "End an upload") { (request, context: SignedInContext) in
            try await tus.terminate(context.parameter("id"), request, by: context)
        }
    }

    private func form(_ request: Request, _ context: SignedInContext) async throws -> Response {
        site.page(try await uploadPage(FormState(), context), context)
    }

    /// Files of a plain form, one after the other as they stream in; fields before a file apply to it.
    private func receive(_ request: Request, _ context: SignedInContext) async throws -> Response {
        var fields = FormFields()
        var stored: [String] = []
        do {
            let reader = try MultipartReader(request)
            while let part = try await reader.next() {
                switch part {
                case .field(let field): fields.append(field.name, field.value)
                case .file(let file):
                    stored.append(
                        try await site.platform.uploads.storeWhole(
                            filename: file.head.fileName ?? "",
                            title: fields.text("title"),
                            visibility: fields.text("visibility"),
                            body: file,
                            in: context.scope
                        )
                    )
                }
            }
            guard !stored.isEmpty else { throw Failure.invalid([.init("file", "Please choose a file.")]) }
        } catch let failure as Failure where failure.kind != .notSignedIn {
            let problems = failure.fields.map { FormState.Problem("file", $0.words) }
            let form = FormState(fields, problems: problems, message: t(verbatim: failure.message))
            return site.page(try await uploadPage(form, context), context, status: failure.kind.status)
        }
        let text = tn("%1 file was uploaded.", "%1 files were uploaded.", count: stored.count)
        let target = stored.count == 1 ? stored.first.map { Links.media($0) } : nil
        return site.redirect(to: target ?? Links.mine, saying: text)
    }

    private func uploadPage(_ form: FormState, _ context: SignedInContext) async throws -> UploadPage {
        let limits = try await site.platform.mediaTypes.all().map { type in
            UploadPage.Limit(
                kind: type.kind,
                extensions: type.formats.map(\.fileExtension),
                maximumSize: type.maximumSize
            )
        }
        let viewer = context.site.identity.viewer?.storage
        let free = viewer.flatMap { use in use.limit.map { max(0, $0 - use.used) } }
        return UploadPage(form: form, limits: limits, free: free)
    }
}
