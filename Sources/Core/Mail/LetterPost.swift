import Foundation
import Integrations

/// Puts letters into words and hands them to the mail server.
struct LetterPost: Sendable {
    let mailer: any Mailer
    let writer: any LetterWriter
    let sender: Mailbox
    let effects: Effects

    /// Throws what the mailer throws.
    /// - Parameter id: the same for every try of one mail, so that a server knows it again.
    func send(_ letter: Letter, to recipient: String, id: String) async throws {
        let written = writer.write(letter)
        let domain = sender.address.split(separator: "@").last ?? "localhost"
        let message = MailMessage(
            from: Mailbox(name: sender.name ?? letter.brand, address: sender.address),
            to: Mailbox(name: letter.username, address: recipient),
            subject: written.subject,
            text: written.text,
            html: written.html,
            messageID: "\(id)@\(domain)",
            date: Date(timeIntervalSince1970: Double(effects.now().milliseconds) / 1000)
        )
        try await mailer.deliver(message)
    }
}
