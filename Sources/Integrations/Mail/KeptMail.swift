import Foundation

/// A mail that `FileMailer` kept, read again to be looked at. It understands what `MailMessage` writes, and no other.
package struct KeptMail: Sendable, Hashable {
    /// The file's name.
    package let name: String
    package let to: String
    package let subject: String
    package let date: String
    /// The body as text.
    package let text: String

    init?(name: String, bytes: Data) {
        let file = String(decoding: bytes, as: UTF8.self)
        guard let end = file.range(of: "\r\n\r\n") else { return nil }
        let unfolded = String(file[..<end.lowerBound]).replacing("\r\n ", with: " ")
        var headers: [String: String] = [:]
        for line in unfolded.split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
        guard let type = headers["content-type"], let boundary = type.split(separator: "\"").last else { return nil }
        let parts = file[end.upperBound...].components(separatedBy: "--\(boundary)\r\n")
        guard parts.count == 3, let body = parts[1].range(of: "\r\n\r\n") else { return nil }
        self.name = name
        to = EncodedWord.decode(headers["to"] ?? "")
        subject = EncodedWord.decode(headers["subject"] ?? "")
        date = headers["date"] ?? ""
        text = QuotedPrintable.decode(String(parts[1][body.upperBound...]))
    }
}
