import Integrations

/// The mails of a machine without a mail server, for whoever develops on it.
package struct DevelopmentMail: Sendable {
    package struct Item: Sendable, Hashable {
        /// The file's name.
        package let name: String
        package let to: String
        package let subject: String
        package let date: String
        package let text: String
    }

    private let mailer: FileMailer

    init(mailer: FileMailer) {
        self.mailer = mailer
    }

    /// Newest first.
    package func list() async throws -> [Item] {
        try await mailer.mails().map { mail in
            Item(name: mail.name, to: mail.to, subject: mail.subject, date: mail.date, text: mail.text)
        }
    }

    /// Throws `Failure.notFound`.
    package func find(_ name: String) async throws -> Item {
        guard let mail = try await list().first(where: { $0.name == name }) else { throw Failure.notFound }
        return mail
    }
}
