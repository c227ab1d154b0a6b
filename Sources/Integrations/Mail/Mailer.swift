/// Brings a mail on its way.
package protocol Mailer: Sendable {
    /// Returns once somebody else is responsible for the mail: the server said that it has it.
    /// - Throws: `MailFailure`.
    func deliver(_ message: MailMessage) async throws
}

/// Why a mail did not get away.
package enum MailFailure: Error, Sendable, Hashable {
    /// The server will never take this mail for this reader (a reply of 5xx about the address or the content); its words.
    case refused(String)
    /// Nobody can tell yet: no connection, a reply of 4xx, or a server that does not want us before it has heard who the
    /// mail is for. Worth another try.
    case temporary(String)

    package var reason: String {
        switch self {
        case .refused(let reason), .temporary(let reason): reason
        }
    }
}
