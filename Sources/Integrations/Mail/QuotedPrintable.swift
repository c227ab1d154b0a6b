/// Bodies as quoted-printable (RFC 2045 §6.7): ASCII stays readable, lines stay short, any server passes it on unchanged.
enum QuotedPrintable {
    private static let longest = 76

    /// Line breaks of any kind become CRLF.
    static func encode(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(encodeLine).joined(
            separator: "\r\n"
        )
    }

    /// The text of a part; what is no escape stands for itself.
    static func decode(_ text: String) -> String {
        var bytes: [UInt8] = []
        let unfolded = text.replacing("=\r\n", with: "").replacing("\r\n", with: "\n")
        var rest = Array(unfolded.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "="), let escaped = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
                bytes.append(escaped)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func encodeLine(_ line: Substring) -> String {
        let bytes = Array(line.utf8)
        var result = ""
        var column = 0
        for (index, byte) in bytes.enumerated() {
            let isLast = index == bytes.count - 1
            let piece = encode(byte, isLast: isLast)
            // The soft line break takes a place as well, unless the line ends here.
            if column + piece.utf8.count > longest - (isLast ? 0 : 1) {
                result += "=\r\n"
                column = 0
            }
            result += piece
            column += piece.utf8.count
        }
        return result
    }

    /// White space at the end of a line is what servers take away.
    private static func encode(_ byte: UInt8, isLast: Bool) -> String {
        let isSpace = byte == 0x20 || byte == 0x09
        let isLiteral = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
        if isLiteral || (isSpace && !isLast) { return String(UnicodeScalar(byte)) }
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "=0\(digits)" : "=\(digits)"
    }
}
