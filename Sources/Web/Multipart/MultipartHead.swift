/// What the headers of a part say: the field's name, and for a file its name and type as the sender claims them.
package struct MultipartHead: Sendable, Hashable {
    package let name: String
    /// Nil for a field. As sent, so it may hold a whole path: only its last component means anything.
    package let fileName: String?
    package let contentType: String?

    init(name: String, fileName: String? = nil, contentType: String? = nil) {
        self.name = name
        self.fileName = fileName
        self.contentType = contentType
    }

    /// Reads the header lines of a part (RFC 7578 section 4).
    init(_ bytes: some Collection<UInt8>) throws(RequestProblem) {
        let text = try FormFields.text(bytes)
        var disposition: HeaderParameters?
        var type: String?
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw .malformedMultipart }
            let value = line[line.index(after: colon)...].trimming([" ", "\t"])
            switch line[..<colon].lowercased() {
            case "content-disposition":
                guard disposition == nil, let parsed = HeaderParameters(value) else { throw .malformedMultipart }
                disposition = parsed
            case "content-type":
                guard type == nil else { throw .malformedMultipart }
                type = value
            case "content-transfer-encoding":
                // Deprecated by RFC 7578 section 4.7; anything but these would change the bytes.
                guard ["7bit", "8bit", "binary"].contains(value.lowercased()) else { throw .malformedMultipart }
            default:
                continue
            }
        }
        guard let disposition, disposition.value == "form-data" else { throw .malformedMultipart }
        guard disposition["filename*"] == nil, disposition["name*"] == nil else { throw .multipartFileName }
        guard let name = disposition["name"], !name.isEmpty else { throw .unnamedPart }
        if type?.lowercased().hasPrefix("multipart/") == true { throw .nestedMultipart }
        self.init(name: name, fileName: disposition["filename"], contentType: type)
    }
}

/// A header's value with parameters: `form-data; name="a"; filename="b"`.
package struct HeaderParameters: Sendable, Hashable {
    /// In lower case.
    package let value: String
    private let parameters: [String: String]

    /// Names are case-insensitive.
    package subscript(name: String) -> String? { parameters[name] }

    /// Nil when the text is not of that form or names a parameter twice.
    package init?(_ text: String) {
        var rest = text[...]
        value = rest.prefix { $0 != ";" }.trimming([" ", "\t"]).lowercased()
        rest = rest.drop { $0 != ";" }
        var parameters: [String: String] = [:]
        while rest.popFirst() != nil {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty { break }
            let name = rest.prefix { $0 != "=" && $0 != ";" }.trimming([" ", "\t"]).lowercased()
            rest = rest.drop { $0 != "=" && $0 != ";" }
            guard !name.isEmpty, rest.popFirst() == "=" else { return nil }
            guard let argument = rest.first == "\"" ? Self.quoted(&rest) : Self.token(&rest) else { return nil }
            guard parameters.updateValue(argument, forKey: name) == nil else { return nil }
            rest = rest.drop { $0 == " " || $0 == "\t" }
            guard rest.isEmpty || rest.first == ";" else { return nil }
        }
        self.parameters = parameters
    }

    private static func token(_ rest: inout Substring) -> String? {
        let token = rest.prefix { $0 != ";" && $0 != " " && $0 != "\t" && $0 != "\"" }
        rest = rest[token.endIndex...]
        return String(token)
    }

    /// Only `\"` is undone: a lone backslash is part of a Windows path that old browsers send.
    private static func quoted(_ rest: inout Substring) -> String? {
        rest.removeFirst()
        var result = ""
        while let character = rest.popFirst() {
            if character == "\"" { return result }
            if character == "\\", rest.first == "\"" {
                // At the end it closes the text all the same: `"C:\"` names a directory.
                guard rest.dropFirst().contains("\"") else { continue }
                rest.removeFirst()
                result.append("\"")
            } else {
                result.append(character)
            }
        }
        return nil
    }
}
