/// How a browser treats a file: in the page, or as a download under a name (RFC 6266).
package enum ContentDisposition: Sendable, Equatable {
    case inline(filename: String?)
    case attachment(filename: String?)

    /// The field's value. The name stands there twice when it is not plain ASCII: mangled for old readers, and as
    /// RFC 8187 has it for the rest.
    package var text: String {
        switch self {
        case .inline(let filename): ContentDisposition.text("inline", filename)
        case .attachment(let filename): ContentDisposition.text("attachment", filename)
        }
    }

    private static func text(_ kind: String, _ filename: String?) -> String {
        guard let filename = filename.map(lastPathComponent), !filename.isEmpty else { return kind }
        // Browsers unescape `%41` in the quoted form, so a name that holds one must not stand there as it is.
        let plain = filename.unicodeScalars.map { scalar in
            scalar.value < 0x20 || scalar.value > 0x7E || "\"\\%".unicodeScalars.contains(scalar) ? "_" : String(scalar)
        }.joined()
        if plain == filename { return "\(kind); filename=\"\(plain)\"" }
        return "\(kind); filename=\"\(plain)\"; filename*=UTF-8''\(extended(filename))"
    }

    /// A name from outside may carry folders of the machine that it came from; they say nothing here.
    private static func lastPathComponent(_ name: String) -> String {
        String(name.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "")
    }

    /// `ext-value` of RFC 8187 §3.2.1: everything but `attr-char` as percent-encoded UTF-8.
    private static func extended(_ name: String) -> String {
        var text = ""
        for byte in name.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: text.unicodeScalars.append(Unicode.Scalar(byte))
            case 0x21, 0x23, 0x24, 0x26, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E:
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                text += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return text
    }
}
