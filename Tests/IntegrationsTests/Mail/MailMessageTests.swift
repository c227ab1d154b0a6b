import Foundation
import Testing

@testable import Integrations

/// What Python's own mail reader makes of these messages is looked at in Tests/Conformance.
@Suite("Mails on the wire")
struct MailMessageTests {
    private static func message(
        subject: String = "Hello",
        name: String? = "Uma",
        text: String = "Text",
        html: String = "<p>Text</p>"
    ) -> MailMessage {
        MailMessage(
            from: Mailbox(name: "MediaShare", address: "media@example.org"),
            to: Mailbox(name: name, address: "uma@example.com"),
            subject: subject,
            text: text,
            html: html,
            messageID: "mail-1@example.org",
            date: Date(timeIntervalSince1970: 1_767_268_800)
        )
    }

    private static func lines(_ message: MailMessage) -> [String] {
        String(decoding: message.encoded, as: UTF8.self).components(separatedBy: "\r\n")
    }

    @Test("Lines are ASCII, end with CRLF and have at most 78 characters, whatever is written")
    func lines() {
        let long = String(repeating: "Grüße aus Łódź, 東京 and 🎬 = ünder = way. ", count: 40)
        let message = Self.message(subject: long, name: long, text: long + "\n.\n" + long, html: long)
        #expect(message.encoded.allSatisfy { $0 == 13 || $0 == 10 || (0x20..<0x7F).contains($0) })
        for line in Self.lines(message) {
            #expect(line.utf8.count <= 78 && !line.utf8.contains(10) && !line.utf8.contains(13), "\(line)")
        }
    }

    @Test(
        "Nothing that is written into a header can begin another one",
        arguments: ["a\r\nBcc: eve@example.net", "a\nBcc: eve@example.net", "a\rBcc: eve@example.net", "é\r\nBcc: x"]
    )
    func injection(text: String) {
        for message in [Self.message(subject: text), Self.message(name: text)] {
            let head = Self.lines(message).prefix { !$0.isEmpty }
            #expect(!head.contains { $0.lowercased().hasPrefix("bcc") })
        }
    }

    @Test("A subject in any script comes back as it was", arguments: ["Hello", "Grüße", "東京の映画 🎬", "=?UTF-8?B?eA==?="])
    func subjects(subject: String) {
        let long = String(repeating: subject, count: 30)
        for text in [subject, long] {
            let encoded = EncodedWord.text(text)
            #expect(EncodedWord.decode(encoded.replacing("\r\n ", with: " ")) == text)
            for word in encoded.components(separatedBy: "\r\n ") where word.hasPrefix("=?") {
                #expect(word.utf8.count <= 75, "RFC 2047 section 2")
            }
        }
    }

    @Test("A name is quoted in ASCII and encoded beyond it")
    func names() {
        #expect(Mailbox(name: "Uma \"U\" M.", address: "u@e.org").headerText == #""Uma \"U\" M." <u@e.org>"#)
        #expect(Mailbox(name: "Jörg", address: "j@e.org").headerText == "=?UTF-8?B?SsO2cmc=?= <j@e.org>")
        #expect(Mailbox(address: "j@e.org").headerText == "j@e.org")
    }

    @Test("The date is as RFC 5322 writes it")
    func date() {
        #expect(Self.lines(Self.message()).contains("Date: Thu, 01 Jan 2026 12:00:00 +0000"))
    }

    @Test(
        "Quoted-printable gives back what was put in",
        arguments: [
            "", "plain", "a=b", "ends with a space \nand a tab\t", "ü\r\n\r\n東京", String(repeating: "é", count: 500),
        ]
    )
    func quotedPrintable(text: String) {
        let encoded = QuotedPrintable.encode(text)
        #expect(QuotedPrintable.decode(encoded) == text.replacing("\r\n", with: "\n"))
        #expect(encoded.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 76 })
    }

    @Test("An address is read with and without a name")
    func mailboxes() {
        #expect(Mailbox("media@example.org") == Mailbox(address: "media@example.org"))
        #expect(Mailbox(" <media@example.org>") == Mailbox(address: "media@example.org"))
        let named = Mailbox(name: "Media Share", address: "media@example.org")
        #expect(Mailbox("Media  Share <media@example.org> ") == named)
        #expect(Mailbox("\"Media Share\" <media@example.org>") == named)
        for bad in ["", "media", "media@", "@example.org", "a@b@c", "Media <media@example.org", "a@b> <c", "a b@c.org"]
        {
            #expect(Mailbox(bad) == nil, "\(bad)")
        }
    }

    @Test("The server's words are kept on one line, and commands by kind alone")
    func transcript() {
        let transcript = SMTPTranscript()
        transcript.sent("AUTH PLAIN AHNlY3JldA==\r\n")
        #expect(transcript.lastCommand == .opening)
        transcript.sent("RCPT TO:<a@example.org>\r\n")
        transcript.received("550-5.1.1 No such\r\n")
        transcript.received("550 person here\r\n")
        #expect(transcript.reply == "550-5.1.1 No such 550 person here" && transcript.replyCode == 550)
        transcript.sent("QUIT\r\n")
        transcript.received("221 Bye\r\n")
        #expect(transcript.replyCode == 550 && transcript.lastCommand == .recipient, "the goodbye changes nothing")
    }

    @Test("What was said before the mail itself is not taken for a word about it")
    func transcriptOfContent() {
        let transcript = SMTPTranscript()
        transcript.sent("RCPT TO:<a@example.org>\r\n")
        transcript.received("250 OK\r\n")
        transcript.sent("DATA\r\n")
        #expect(transcript.replyCode == 0 && transcript.lastCommand == .content)
        for _ in 0..<100 { transcript.received("250 and on and on\r\n") }
        #expect(transcript.reply.count <= 400)
    }
}

@Suite("Mails as files")
struct FileMailerTests {
    @Test("A mail is kept as a file that only its owner reads, and can be looked at again")
    func kept() async throws {
        try await withTemporaryDirectory { folder in
            let mailer = FileMailer(folder: "\(folder)/mail")
            #expect(try await mailer.mails().isEmpty)
            for number in 1...2 {
                try await mailer.deliver(
                    MailMessage(
                        from: Mailbox(address: "media@example.org"),
                        to: Mailbox(name: "Ümä", address: "uma@example.com"),
                        subject: "Grüße Nr. \(number)",
                        text: "Open:\n\nhttps://example.org/auth?token=a=b\n\nBis bald",
                        html: "<p>Open</p>",
                        messageID: "mail-\(number)@example.org",
                        date: Date(timeIntervalSince1970: 1_767_268_800 + Double(number))
                    )
                )
            }
            let mails = try await mailer.mails()
            #expect(mails.map(\.subject) == ["Grüße Nr. 2", "Grüße Nr. 1"])
            let mail = try #require(mails.first)
            #expect(mail.to == "Ümä <uma@example.com>")
            #expect(mail.text.contains("\nhttps://example.org/auth?token=a=b\n"))
            let attributes = try FileManager.default.attributesOfItem(atPath: mailer.folder)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
        }
    }

    @Test("A folder that cannot be written is a reason to try again")
    func unwritable() async throws {
        let mailer = FileMailer(folder: "/proc/nowhere")
        await #expect(throws: MailFailure.self) {
            try await mailer.deliver(
                MailMessage(
                    from: Mailbox(address: "a@example.org"),
                    to: Mailbox(address: "b@example.org"),
                    subject: "",
                    text: "",
                    html: "",
                    messageID: "1@example.org",
                    date: Date(timeIntervalSince1970: 0)
                )
            )
        }
    }
}
