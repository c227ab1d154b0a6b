import Foundation

/// Text in headers that is more than ASCII, as encoded words (RFC 2047): `=?UTF-8?B?…?=`. What could end a header and begin
/// another, a line break above all, never gets through.
enum EncodedWord {
    /// Text of its own, such as a subject.
    static func text(_ text: String) -> String {
        let text = withoutControls(text)
        return isPlain(text) ? text : words(text)
    }

    /// A name before an address: quoted when it is ASCII (RFC 5322 §3.2.4), encoded otherwise.
    static func phrase(_ text: String) -> String {
        let text = withoutControls(text)
        guard isPlain(text) else { return words(text) }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    /// A header as it was written above, in plain text again.
    static func decode(_ header: String) -> String {
        let joined = header.replacing("?= =?", with: "?==?")
        return joined.replacing(/=\?UTF-8\?B\?([A-Za-z0-9+\/=]*)\?=/) { match in
            Data(base64Encoded: String(match.1)).map { String(decoding: $0, as: UTF8.self) } ?? String(match.0)
        }
    }

    /// None ends within a character, and a line that holds one has at most 76 characters (RFC 2047 §2 and §5): 12 are the
    /// word's frame, 40 its base64, and the rest is for what stands beside it.
    private static let bytesOfAWord = 30

    private static func words(_ text: String) -> String {
        var words: [String] = []
        var word: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if word.count + bytes.count > bytesOfAWord {
                words.append(encoded(word))
                word = []
            }
            word += bytes
        }
        words.append(encoded(word))
        // White space between two encoded words is not part of the text.
        return words.joined(separator: "\r\n ")
    }

    private static func encoded(_ bytes: [UInt8]) -> String {
        "=?UTF-8?B?\(Data(bytes).base64EncodedString())?="
    }

    /// Short ASCII that nobody could take for an encoded word.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.count <= 200 && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && !text.contains("=?")
    }

    private static func withoutControls(_ text: String) -> String {
        let spaced = text.unicodeScalars.map { scalar in
            let isControl =
                scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
            return isControl ? " " : String(scalar)
        }
        return spaced.joined()
    }
}
