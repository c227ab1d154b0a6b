/// A piece of a page, the twin of `SQL`: text interpolated into it is escaped, `HTML` interpolated into it is not, and
/// nothing else can get in. Attributes are always quoted in the literal.
///
///     let row: HTML = "<a class=\"card\" href=\"\(link)\">\(title)</a>"
///
/// - `\(text)` escapes `& < > " '`, so it is safe in text and inside quoted attributes.
/// - `\(number)` writes an integer.
/// - `\(link)` writes a `Link`, the only thing `href`, `src` and `action` should hold.
/// - `\(html)`, `\(optionalHTML)` and `\(list)` of `HTML` are spliced.
package struct HTML: Sendable, ExpressibleByStringInterpolation {
    package private(set) var bytes: [UInt8]

    package init(stringLiteral value: StaticString) {
        bytes = []
        bytes.append(value)
    }

    package init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }

    package static let empty: HTML = ""

    package var isEmpty: Bool { bytes.isEmpty }

    package static func + (left: HTML, right: HTML) -> HTML {
        var result = left
        result.bytes.append(contentsOf: right.bytes)
        return result
    }

    package static func += (left: inout HTML, right: HTML) {
        left.bytes.append(contentsOf: right.bytes)
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        var bytes: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            bytes.append(literal)
        }

        package mutating func appendInterpolation(_ text: some StringProtocol) {
            bytes.append(escaping: text)
        }

        package mutating func appendInterpolation(_ text: (some StringProtocol)?) {
            if let text { bytes.append(escaping: text) }
        }

        package mutating func appendInterpolation(_ number: some BinaryInteger) {
            bytes.append(contentsOf: String(number).utf8)
        }

        package mutating func appendInterpolation(_ html: HTML) {
            bytes.append(contentsOf: html.bytes)
        }

        package mutating func appendInterpolation(_ html: HTML?) {
            if let html { bytes.append(contentsOf: html.bytes) }
        }

        package mutating func appendInterpolation(_ list: [HTML]) {
            for html in list { bytes.append(contentsOf: html.bytes) }
        }

        package mutating func appendInterpolation(_ link: Link) {
            bytes.append(escaping: link.url)
        }
    }
}

extension [HTML] {
    package func joined(_ separator: HTML = .empty) -> HTML {
        var result = HTML.empty
        for (index, html) in enumerated() {
            if index > 0 { result += separator }
            result += html
        }
        return result
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ literal: StaticString) {
        if literal.hasPointerRepresentation {
            append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
        } else {
            append(contentsOf: String(literal.unicodeScalar).utf8)
        }
    }

    /// Text without any of the five characters, which is nearly all text, is copied in one go.
    fileprivate mutating func append(escaping text: some StringProtocol) {
        let done: Void? = text.utf8.withContiguousStorageIfAvailable { append(escaping: $0) }
        if done == nil { Array(text.utf8).withUnsafeBufferPointer { append(escaping: $0) } }
    }

    private mutating func append(escaping utf8: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in 0..<utf8.count {
            let entity: StaticString
            switch utf8[index] {
            case UInt8(ascii: "&"): entity = "&amp;"
            case UInt8(ascii: "<"): entity = "&lt;"
            case UInt8(ascii: ">"): entity = "&gt;"
            case UInt8(ascii: "\""): entity = "&quot;"
            case UInt8(ascii: "'"): entity = "&#39;"
            default: continue
            }
            append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
            append(entity)
            start = index + 1
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }
}
