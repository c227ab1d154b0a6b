package import Core

/// Somebody who proved within the last minutes that they are who is signed in. Making one is the check: a handler that takes
/// it cannot run for a browser that was left open, nor for a program's token.
///
/// Who comes too late is led to prove it (`ProofRoutes`) and back: to the page, or from a form to the page that it stands on.
package struct ProvenContext: NarrowContext {
    package let site: SiteContext
    package let scope: Scope
    package let account: ID<Account>

    package init(_ site: SiteContext) throws {
        self.site = site
        scope = site.scope
        account = try scope.requireAccount()
        guard case .session(let session) = site.identity else { throw Failure.forbidden }
        guard session.impersonator == nil else { throw Failure.notWhileActing }
        guard session.isProven(at: site.arrivedAt) else { throw Failure.proofNeeded }
    }
}
