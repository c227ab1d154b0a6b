/// A sentence as it stands in the source, in English, with its varying pieces: `"Uploaded \(name)"` has the key
/// `Uploaded %1`, which is what catalogues translate. A translation may put the pieces in another order. In the English
/// text `%%` writes one `%` where a digit follows it.
package struct Phrase: Sendable, Hashable, ExpressibleByStringInterpolation {
    let key: String
    let arguments: [String]

    package init(stringLiteral value: StaticString) {
        key = value.description
        arguments = []
    }

    package init(stringInterpolation: StringInterpolation) {
        key = stringInterpolation.key
        arguments = stringInterpolation.arguments
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        var key = ""
        var arguments: [String] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            key.reserveCapacity(literalCapacity + interpolationCount * 2)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            key += literal.description
        }

        package mutating func appendInterpolation(_ text: some StringProtocol) {
            append(String(text))
        }

        /// Written in the reader's digits and grouping.
        package mutating func appendInterpolation(_ number: some BinaryInteger) {
            append(Language.current.number(number))
        }

        private mutating func append(_ argument: String) {
            arguments.append(argument)
            key += "%\(arguments.count)"
        }
    }
}

extension String {
    /// Puts arguments in the place of `%1`, `%2`…; `%%` becomes `%`. What an argument holds is not looked at again.
    func replacingPlaceholders(with arguments: [String]) -> String {
        guard utf8.contains(UInt8(ascii: "%")) else { return self }
        var result = ""
        var rest = self[...]
        while let percent = rest.firstIndex(of: "%") {
            result += rest[..<percent]
            rest = rest[rest.index(after: percent)...]
            if rest.first == "%" {
                result += "%"
                rest.removeFirst()
            } else if let digit = rest.first?.wholeNumberValue, (1...9).contains(digit), digit <= arguments.count {
                result += arguments[digit - 1]
                rest.removeFirst()
            } else {
                result += "%"
            }
        }
        return result + rest
    }
}
