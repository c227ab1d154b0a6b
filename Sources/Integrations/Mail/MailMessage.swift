package import Foundation

/// A mail to one reader, as text and as HTML: the same content twice, and the reader's program shows what it can.
package struct MailMessage: Sendable, Hashable {
    package let from: Mailbox
    package let to: Mailbox
    package let subject: String
    package let text: String
    package let html: String
    /// Without the angle brackets. The same for every try to deliver one mail, so that a mail program that gets it twice
    /// can show it once.
    package let messageID: String
    package let date: Date

    package init(
        from: Mailbox,
        to: Mailbox,
        subject: String,
        text: String,
        html: String,
        messageID: String,
        date: Date
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.messageID = messageID
        self.date = date
    }
}

extension MailMessage {
    /// The bytes that travel (RFC 5322, RFC 2045, RFC 2046 §5.1.4): lines end with CRLF and have at most 76 characters,
    /// and everything is ASCII.
    package var encoded: [UInt8] {
        // Quoted-printable never writes "=_", so the boundary cannot occur in a part.
        let boundary = "=_\(messageID.utf8.map { String($0, radix: 16) }.joined().prefix(48))"
        let lines = [
            "From: \(from.headerText)",
            "To: \(to.headerText)",
            "Subject: \(EncodedWord.text(subject))",
            "Date: \(Self.dateText(date))",
            "Message-ID: <\(messageID)>",
            // RFC 3834: nobody's holiday reply shall come back.
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"",
            "",
            "--\(boundary)",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            QuotedPrintable.encode(text),
            "--\(boundary)",
            "Content-Type: text/html; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            QuotedPrintable.encode(html),
            "--\(boundary)--",
            "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// `Thu, 01 Jan 2026 12:00:00 +0000` (RFC 5322 §3.3).
    static func dateText(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
        let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][((parts.weekday ?? 1) - 1) % 7]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let month = months[((parts.month ?? 1) - 1) % 12]
        let time = [parts.hour, parts.minute, parts.second].map { twoDigits($0 ?? 0) }.joined(separator: ":")
        return "\(weekday), \(twoDigits(parts.day ?? 1)) \(month) \(parts.year ?? 1970) \(time) +0000"
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
