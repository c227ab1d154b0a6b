import Core
import HTTPTypes
import Hummingbird
import NIOCore
import Web

/// Answers with pages, forms and redirects.
extension Site {
    func page(_ page: some Page, _ context: some NarrowContext, status: HTTPResponse.Status = .ok) -> Response {
        let html = page.html(in: frame(for: context.site))
        return Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "private, no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: html.bytes))
        )
    }

    /// Runs what a form is for. When it is refused, the same page comes again with what was typed and what is wrong.
    func form<Again: Page>(
        _ fields: FormFields,
        _ context: some NarrowContext,
        _ body: () async throws -> Response,
        again: (FormState) -> Again
    ) async throws -> Response {
        do {
            return try await body()
        } catch let failure as Failure where failure.kind == .invalid {
            let problems = failure.fields.map { FormState.Problem($0.field, $0.words) }
            let state = FormState(fields, problems: problems, message: t(verbatim: failure.message))
            return page(again(state), context, status: .unprocessableContent)
        }
    }

    /// See other: the browser asks for the next page by GET.
    func redirect(to link: Link) -> Response {
        Response(status: .seeOther, headers: [.location: link.url])
    }

    func redirect(to link: Link, saying text: String) -> Response {
        FlashMessage.add(.success, text)
        return redirect(to: link)
    }

    private func frame(for context: SiteContext) -> Frame {
        Frame(
            viewer: context.identity.viewer,
            flashes: FlashMessage.take().map { Flash(.init($0.kind), $0.text) },
            assets: assetLinks,
            here: context.here,
            now: platform.effects.now(),
            requestID: context.id
        )
    }
}

extension SiteContext.Identity {
    var userType: UserType? {
        switch self {
        case .visitor: nil
        case .session(let session): session.userType
        case .token(let bearer): bearer.userType
        }
    }

    /// The language that whoever is signed in chose.
    var language: String? { account?.language }

    var account: Account? {
        switch self {
        case .visitor: nil
        case .session(let session): session.account
        case .token(let bearer): bearer.account
        }
    }

    /// The address of whoever is signed in, as long as nobody proved that they read it.
    var unprovenEmail: String? {
        account.flatMap { $0.isEmailVerified ? nil : $0.email }
    }

    var viewer: Viewer? {
        switch self {
        case .visitor: nil
        case .session(let session): Viewer(session)
        case .token(let bearer): Viewer(bearer.account, bearer.userType, bearer.userType.permissions)
        }
    }
}

extension Viewer {
    fileprivate init(_ session: Session) {
        self.init(
            session.account,
            session.userType,
            session.permissions,
            impersonator: session.impersonatorName,
            unread: session.unread,
            profile: session.profile
        )
    }

    fileprivate init(
        _ account: Account,
        _ type: UserType,
        _ permissions: Set<Permission>,
        impersonator: String? = nil,
        unread: Int = 0,
        profile: ViewerProfile? = nil
    ) {
        self.init(
            name: account.name,
            email: account.email,
            permissions: permissions,
            storage: StorageUse(used: account.storageUsed, limit: type.limits.storage),
            impersonator: impersonator,
            unread: unread,
            profile: profile
        )
    }
}

extension Notice.Kind {
    fileprivate init(_ kind: FlashMessage.Kind) {
        switch kind {
        case .success: self = .good
        case .notice: self = .info
        case .warning: self = .warn
        case .error: self = .bad
        }
    }
}
