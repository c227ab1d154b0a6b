package import Core
import Foundation
import Hummingbird

/// A context that a handler asks for; making it is the check that the handler relies on.
package protocol NarrowContext: Sendable {
    var site: SiteContext { get }
    var scope: Scope { get }

    init(_ site: SiteContext) throws
}

extension NarrowContext {
    /// A part of the path by its name. A path that does not hold it is no address of ours.
    package func parameter(_ name: String) throws(Failure) -> String {
        guard let value = site.parameters.get(name) else { throw .notFound }
        // Ids hold nothing to decode, and every request for a file names one.
        guard value.utf8.contains(UInt8(ascii: "%")) else { return value }
        guard let decoded = value.removingPercentEncoding else { throw .notFound }
        return decoded
    }
}

/// Anybody: a visitor or somebody signed in.
package struct SessionContext: NarrowContext {
    package let site: SiteContext
    package let scope: Scope

    package init(_ site: SiteContext) {
        self.site = site
        scope = site.scope
    }
}

/// Somebody who sits before a browser and logged in there themselves; a program with their token is turned away. For what
/// decides about the account itself: sessions, passwords, tokens.
package struct InPersonContext: NarrowContext {
    package let site: SiteContext
    package let scope: Scope
    package let session: Session

    package init(_ site: SiteContext) throws {
        switch site.identity {
        case .visitor: throw Failure.notSignedIn
        case .token: throw Failure.notInPerson
        case .session(let session):
            self.site = site
            self.session = session
            scope = site.scope
        }
    }
}

extension Failure {
    static let notInPerson = Failure(
        .forbidden,
        "not_in_person",
        "Programs cannot do this. Log in with a browser for it."
    )
}

/// Somebody who is signed in. Making one is the sign-in check: a handler that takes it cannot run for a visitor.
package struct SignedInContext: NarrowContext {
    package let site: SiteContext
    package let scope: Scope
    package let account: ID<Account>

    package init(_ site: SiteContext) throws {
        self.site = site
        scope = site.scope
        account = try scope.requireAccount()
    }
}
