import HTTPTypes
package import NIOCore

extension FormFields {
    /// How many fields a form may have. Far above any page of ours, far below what would cost us anything.
    package static let maximumCount = 500

    /// Decodes `application/x-www-form-urlencoded` (WHATWG URL section 5.1), strictly: a `%` without two hexadecimal
    /// digits, text that is not UTF-8 and U+0000 are refused instead of being repaired, so that what is stored is what
    /// was sent.
    package init(urlEncoded body: ByteBuffer) throws(RequestProblem) {
        try self.init(urlEncoded: Array(body.readableBytesView))
    }

    /// The same for the query of an address.
    package init(query: String) throws(RequestProblem) {
        try self.init(urlEncoded: Array(query.utf8))
    }

    private init(urlEncoded bytes: [UInt8]) throws(RequestProblem) {
        var pairs: [Pair] = []
        for piece in bytes.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < Self.maximumCount else { throw .tooManyFields }
            let equals = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
            let name = try Self.decode(piece[..<equals])
            let value = equals < piece.endIndex ? try Self.decode(piece[(equals + 1)...]) : ""
            guard !name.isEmpty else { continue }
            pairs.append(Pair(name, value))
        }
        self.init(pairs)
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) throws(RequestProblem) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "+"):
                decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard index + 2 < bytes.endIndex, let high = hexDigit(bytes[index + 1]),
                    let low = hexDigit(bytes[index + 2])
                else { throw .undecodableForm }
                decoded.append(high << 4 | low)
                index += 2
            case let byte:
                decoded.append(byte)
            }
            index += 1
        }
        return try text(decoded)
    }

    /// Bytes of a field as text, refused when they are not UTF-8 or hold U+0000, which PostgreSQL cannot store.
    static func text(_ bytes: some Collection<UInt8>) throws(RequestProblem) -> String {
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else { throw .undecodableForm }
        return text
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension RequestProblem {
    package static let tooManyFields = RequestProblem(
        .badRequest,
        "form_too_many_fields",
        "This form has more fields than a page of ours ever sends."
    )
    package static let undecodableForm = RequestProblem(
        .badRequest,
        "form_undecodable",
        "The form could not be read: it is not valid UTF-8 text. Please send it again."
    )
    /// - Parameter limit: bytes.
    package static func formTooLarge(_ limit: Int) -> RequestProblem {
        RequestProblem(
            .contentTooLarge,
            "form_too_large",
            "This form is larger than the %1 that are accepted. Please shorten what you wrote and send it again.",
            Language.current.size(bytes: Int64(limit))
        )
    }
    package static let notAForm = RequestProblem(
        .unsupportedMediaType,
        "not_a_form",
        "A form was expected here.",
        headers: [.accept: "application/x-www-form-urlencoded, multipart/form-data"]
    )
}
