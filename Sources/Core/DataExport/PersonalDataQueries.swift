import Foundation
import Persistence

/// Everything that is stored about a person, table by table, without what opens something: no hash, no key, no secret.
enum PersonalData {
    /// A file of the copy, and the rows in it.
    struct Table: Sendable {
        let file: String
        let rows: SQL
    }

    static func tables(of account: ID<Account>) -> [Table] {
        who(account) + access(account) + items(account) + messages(account)
    }

    private static func who(_ account: ID<Account>) -> [Table] {
        [
            Table(
                file: "account.json",
                rows: """
                    SELECT a.public_id, a.username, a.display_name, a.email, a.email_verified_at, a.language,
                        ut.code AS user_type, a.status, p.username AS customer_of, a.storage_used, a.created_at,
                        a.last_sign_in_at
                    FROM account a JOIN user_type ut ON ut.id = a.user_type_id LEFT JOIN account p ON p.id = a.parent_id
                    WHERE a.id = \(account)
                    """
            ),
            Table(
                file: "viewers.json",
                rows: """
                    SELECT public_id, name, is_default, created_at FROM profile WHERE account_id = \(account) ORDER BY id
                    """
            ),
            Table(
                file: "agreements.json",
                rows: """
                    SELECT kind, version, accepted_at FROM policy_acceptance WHERE account_id = \(account)
                    ORDER BY accepted_at, kind
                    """
            ),
            Table(
                file: "address-changes.json",
                rows: """
                    SELECT old_email, new_email, is_done, asked_at, ends_at FROM address_change
                    WHERE account_id = \(account) ORDER BY id
                    """
            ),
        ]
    }

    private static func access(_ account: ID<Account>) -> [Table] {
        [
            Table(
                file: "sessions.json",
                rows: """
                    SELECT public_id, address, user_agent, is_kept, created_at, last_used_at FROM session
                    WHERE account_id = \(account) AND impersonator_id IS NULL ORDER BY id
                    """
            ),
            Table(
                file: "devices.json",
                rows: "SELECT last_used_at FROM known_device WHERE account_id = \(account) ORDER BY last_used_at"
            ),
            Table(
                file: "passkeys.json",
                rows: """
                    SELECT public_id, name, created_at, last_used_at FROM passkey WHERE account_id = \(account) ORDER BY id
                    """
            ),
            Table(
                file: "authenticator-app.json",
                rows: "SELECT created_at, confirmed_at FROM second_factor WHERE account_id = \(account)"
            ),
            Table(
                file: "api-tokens.json",
                rows: """
                    SELECT public_id, name, permissions, created_at, expires_at, last_used_at, revoked_at FROM api_token
                    WHERE account_id = \(account) ORDER BY id
                    """
            ),
        ]
    }

    private static func items(_ account: ID<Account>) -> [Table] {
        [
            Table(
                file: "media.json",
                rows: """
                    SELECT m.public_id, m.kind, m.title, m.description, m.visibility, m.status, f.filename, f.content_type,
                        f.size, f.sha256, f.metadata, m.duration AS duration_milliseconds, m.width, m.height, m.created_at,
                        m.updated_at, m.deleted_at
                    FROM media m JOIN media_file f ON f.media_id = m.id AND f.version = m.version
                    WHERE m.owner_id = \(account) ORDER BY m.id
                    """
            ),
            Table(
                file: "uploads.json",
                rows: """
                    SELECT public_id, state, filename, kind, title, visibility, length, received, created_at, updated_at
                    FROM upload WHERE account_id = \(account) ORDER BY id
                    """
            ),
        ]
    }

    private static func messages(_ account: ID<Account>) -> [Table] {
        [
            // Without how they ended: that would say whether an address that was asked for belongs to somebody.
            Table(
                file: "mails.json",
                rows: """
                    SELECT kind, recipient, language, device_address, device_user_agent, created_at FROM mail
                    WHERE account_id = \(account) ORDER BY id
                    """
            ),
            Table(
                file: "notifications.json",
                rows: """
                    SELECT kind, payload, created_at, read_at FROM notification
                    WHERE account_id = \(account) ORDER BY id
                    """
            ),
            Table(
                file: "notification-choices.json",
                rows: "SELECT kind, is_mailed FROM notification_choice WHERE account_id = \(account) ORDER BY kind"
            ),
            // Of what others did to the account their own address and browser are nobody's business.
            Table(
                file: "audit.json",
                rows: """
                    SELECT e.happened_at, e.action, e.subject_kind, e.subject_id,
                        CASE WHEN e.actor_id = \(account) THEN 'you' WHEN e.actor_id IS NULL THEN 'system'
                            ELSE 'somebody else' END AS done_by,
                        CASE WHEN e.actor_id = \(account) THEN p.content END AS content
                    FROM audit_entry e LEFT JOIN audit_personal p ON p.entry_id = e.id
                    WHERE e.id IN (
                        SELECT id FROM audit_entry WHERE actor_id = \(account)
                        UNION SELECT id FROM audit_entry WHERE subject_kind = 'account' AND subject_id = \(account))
                    ORDER BY e.id
                    """
            ),
        ]
    }

    /// The rows as a JSON list of objects: moments as RFC 3339, what is yes or no as true or false.
    static func json(_ rows: [Row]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let objects = rows.map { row in
            Dictionary(
                zip(row.columns.names, row.values).map { ($0, Cell(column: $0, value: $1)) },
                uniquingKeysWith: { first, _ in first }
            )
        }
        return Array(try encoder.encode(objects))
    }

    private struct Cell: Encodable {
        let column: String
        let value: SQLValue

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch value {
            case .null: try container.encodeNil()
            case .integer(let number) where column.hasSuffix("_at"):
                try container.encode(Timestamp(milliseconds: number).rfc3339)
            case .integer(let number) where column.hasPrefix("is_"): try container.encode(number != 0)
            case .integer(let number): try container.encode(number)
            case .real(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            case .blob(let bytes): try container.encode(Data(bytes).base64EncodedString())
            }
        }
    }
}
