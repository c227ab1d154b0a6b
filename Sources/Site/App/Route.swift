package import Core
package import HTTPTypes
import Web

/// One row of the route table: what a request must be for this route, and what the site says about it. The access
/// matrix, the CSRF matrix, `mediashare routes` and the API's description are all made from these rows.
package struct Route: Sendable, Hashable {
    /// Who may come in. There is no default: whoever adds a route decides.
    package enum Access: Sendable, Hashable {
        case everyone
        case signedIn
        case may(Permission)
    }

    /// What proves that a request which changes something was meant by the person: nothing can change by `none`.
    package enum Proof: Sendable, Hashable {
        /// Reads only; nothing to prove.
        case none
        /// The session's token in the form.
        case formToken
        /// The session's token in the `X-CSRF-Token` header, or a bearer token, which no other site can make a browser send.
        case headerToken
    }

    package enum Kind: Sendable, Hashable {
        case page
        case file
        case api
        case probe
    }

    package let method: HTTPRequest.Method
    /// With parameters as `{id}`.
    package let path: String
    package let access: Access
    package let proof: Proof
    package let kind: Kind
    package let summary: String

    /// `GET     /media/{id}`
    package var name: String {
        method.rawValue + String(repeating: " ", count: max(1, 8 - method.rawValue.count)) + path
    }

    /// What proves who somebody is: closed to those who act for them, and to profiles with an age limit.
    var isPersonal: Bool {
        ["/user/security", "/user/tokens", "/user/password", "/user/profile/", "/user/leaving", "/auth/confirm"]
            .contains(
                where: path.hasPrefix
            )
    }

    /// What the account is told, which names what an age limit hides.
    var isOfAccount: Bool { path.hasPrefix(Links.notifications().url) }

    /// The profiles of those who share an account, and their histories: theirs, too.
    var isOfHousehold: Bool { path.hasPrefix(Links.profiles().url) }

    package var changesSomething: Bool { !method.isSafe }
}

extension Route.Access: CustomStringConvertible {
    package var description: String {
        switch self {
        case .everyone: "everyone"
        case .signedIn: "signed in"
        case .may(let permission): "may \(permission.rawValue)"
        }
    }

    func check(_ scope: Scope) throws(Failure) {
        switch self {
        case .everyone: return
        case .signedIn: _ = try scope.requireAccount()
        case .may(let permission): try scope.require(permission)
        }
    }
}
