import Crypto
import Foundation

/// Keys in addresses for players that know no cookies: VLC, a television.
///
/// A key is signed (HMAC-SHA256 with a key of its own that follows from SECRET_KEY), names one item and the session in which
/// it was made, and lasts some hours. It opens nothing that the session would not open, and nothing once that has ended.
package struct PlaybackKeys: Sendable {
    package static let lifetime = Duration.hours(6)

    private let key: SymmetricKey
    private let sessions: Sessions
    private let effects: Effects

    package init(secretKey: [UInt8], sessions: Sessions, effects: Effects) {
        key = SymmetricKey.derived(from: secretKey, purpose: "playback address")
        self.sessions = sessions
        self.effects = effects
    }

    package struct Made: Sendable {
        package let key: String
        package let expiresAt: Timestamp
    }

    /// What a key opens: one item, for somebody.
    package struct Opened: Sendable {
        package let publicID: String
        package let scope: Scope
    }

    /// A key for an item that who asks may see.
    /// - Throws: `Failure.forbidden` for whoever has no session: programs have a token, which they send in a header.
    package func make(for publicID: String, in scope: Scope) throws(Failure) -> Made {
        guard case .session(let session) = scope.credential else { throw .forbidden }
        let expiresAt = effects.now() + Self.lifetime
        let content = Content(
            session: session,
            publicID: publicID,
            expiresAt: expiresAt,
            player: effects.randomBytes(4).hexadecimal
        )
        let code = HMAC<SHA256>.authenticationCode(for: Data(content.text.utf8), using: key)
        let text = Base64URL.encode(Array(content.text.utf8)) + "." + Base64URL.encode(Array(code))
        return Made(key: text, expiresAt: expiresAt)
    }

    /// - Throws: `Failure.notFound` for what is no key, is over, or belongs to a session that has ended.
    package func open(_ text: String, origin: Scope.Origin?) async throws -> Opened {
        let parts = text.utf8.count <= 400 ? text.split(separator: ".") : []
        guard parts.count == 2, let bytes = Base64URL.decode(String(parts[0])),
            let code = Base64URL.decode(String(parts[1])),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: bytes, using: key),
            let content = Content(String(decoding: bytes, as: UTF8.self)), effects.now() < content.expiresAt,
            var scope = try await sessions.scope(of: content.session, origin: origin)
        else { throw Failure.notFound }
        // Whoever hands an address on has it count for each place in which it plays.
        scope.credential = .address(content.session, player: "\(content.player)@\(origin?.address ?? "")")
        return Opened(publicID: content.publicID, scope: scope)
    }

    private struct Content {
        let session: ID<Session>
        let publicID: String
        let expiresAt: Timestamp
        /// Tells the players of one session apart.
        let player: String

        var text: String { "\(session.value) \(publicID) \(expiresAt.milliseconds) \(player)" }

        init(session: ID<Session>, publicID: String, expiresAt: Timestamp, player: String) {
            self.session = session
            self.publicID = publicID
            self.expiresAt = expiresAt
            self.player = player
        }

        init?(_ text: String) {
            let parts = text.split(separator: " ").map(String.init)
            guard parts.count == 4, let session = Int64(parts[0]), let expiry = Int64(parts[2]) else { return nil }
            self.init(
                session: ID(session),
                publicID: parts[1],
                expiresAt: Timestamp(milliseconds: expiry),
                player: parts[3]
            )
        }
    }
}
