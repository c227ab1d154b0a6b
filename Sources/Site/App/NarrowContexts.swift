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
