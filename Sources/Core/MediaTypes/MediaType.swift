/// The rules for one kind of media: how large a file may be, and which files belong to it.
package struct MediaType: Sendable, Hashable {
    /// A file name extension and what its bytes may look like.
    package struct Format: Sendable, Hashable {
        /// Lower case, without the dot.
        package let fileExtension: String
        /// What the file is served as.
        package let contentType: String
        /// MIME types that libmagic may find in such a file; `text/*` stands for all of them.
        package let accepted: [String]

        package init(fileExtension: String, contentType: String, accepted: [String]) {
            self.fileExtension = fileExtension
            self.contentType = contentType
            self.accepted = accepted
        }

        /// Whether bytes that look like `sniffed` may be in a file of this format.
        package func accepts(_ sniffed: String) -> Bool {
            accepted.contains { pattern in
                pattern.hasSuffix("/*") ? sniffed.hasPrefix(pattern.dropLast()) : pattern == sniffed
            }
        }
    }

    package let kind: MediaKind
    /// Bytes.
    package let maximumSize: Int64
    /// In the order of their extensions.
    package let formats: [Format]

    package init(kind: MediaKind, maximumSize: Int64, formats: [Format]) {
        self.kind = kind
        self.maximumSize = maximumSize
        self.formats = formats
    }

    package func format(fileExtension: String) -> Format? {
        formats.first { $0.fileExtension == fileExtension }
    }
}

/// What a file name promises: the type that its extension belongs to, and the extension's own rules.
package struct ExpectedFormat: Sendable, Hashable {
    package let kind: MediaKind
    package let maximumSize: Int64
    package let format: MediaType.Format
}

extension [MediaType] {
    /// What a file of that name should be; nil when its extension belongs to no type.
    package func expected(for filename: String) -> ExpectedFormat? {
        guard let fileExtension = filename.fileExtension else { return nil }
        for type in self {
            if let format = type.format(fileExtension: fileExtension) {
                return ExpectedFormat(kind: type.kind, maximumSize: type.maximumSize, format: format)
            }
        }
        return nil
    }
}

extension String {
    /// The part after the last dot in lower case; nil where there is no dot or nothing stands before or after it.
    package var fileExtension: String? {
        guard let dot = lastIndex(of: "."), dot != startIndex else { return nil }
        let text = self[index(after: dot)...]
        guard !text.isEmpty, text.utf8.count <= 16, text.utf8.allSatisfy({ $0.isASCIILetterOrDigit }) else {
            return nil
        }
        return text.lowercased()
    }
}

extension UInt8 {
    fileprivate var isASCIILetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
}
