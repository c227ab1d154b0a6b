import Foundation

/// Keeps mails as files instead of sending them, for development: one `.eml` each, in a folder that only this user reads.
package struct FileMailer: Mailer {
    package let folder: String
    private let pool = BlockingPool(threads: 1)

    /// The folder is not for keeping; the oldest go.
    private static let kept = 200

    package init(folder: String) {
        self.folder = folder
    }

    package func deliver(_ message: MailMessage) async throws {
        try await pool.run { [folder] in
            do { try Self.write(message, into: folder) } catch {
                throw MailFailure.temporary("the mail could not be written to \(folder): \(error)")
            }
        }
    }

    /// Newest first.
    package func mails() async throws -> [KeptMail] {
        try await pool.run { [folder] in
            try Self.names(in: folder).compactMap { name in
                let file = URL(filePath: folder).appending(path: name)
                return KeptMail(name: name, bytes: try Data(contentsOf: file))
            }
        }
    }

    private static func write(_ message: MailMessage, into folder: String) throws {
        let directory = URL(filePath: folder)
        try FileManager.default.createDirectory(
            at: directory,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let milliseconds = Int64(message.date.timeIntervalSince1970 * 1000)
        let name = "\(milliseconds)-\(message.messageID.prefix { $0 != "@" }).eml"
        try Data(message.encoded).write(to: directory.appending(path: name), options: .atomic)
        for old in try names(in: folder).dropFirst(kept) {
            try FileManager.default.removeItem(at: directory.appending(path: old))
        }
    }

    /// A name begins with the time.
    private static func names(in folder: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".eml") }.sorted(by: >)
    }
}
