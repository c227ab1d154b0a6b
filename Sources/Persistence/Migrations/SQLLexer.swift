/// Cuts SQL text into words, quoted names, strings, comments and signs: as much grammar as translating types needs.
enum SQLLexer {
    struct Token: Equatable {
        enum Kind {
            case word
            case quoted
            case string
            case comment
            case space
            case sign
        }

        let kind: Kind
        let text: String

        var isSignificant: Bool { kind != .comment && kind != .space }
        /// The word in capitals, or nothing for any other token.
        var word: String { kind == .word ? text.uppercased() : "" }
    }

    /// The statements with their semicolons; what stands between two belongs to the second.
    static func statements(of text: String) -> [[Token]] {
        var statements: [[Token]] = []
        var statement: [Token] = []
        for token in tokens(of: text) {
            statement.append(token)
            if token.kind == .sign, token.text == ";" {
                statements.append(statement)
                statement = []
            }
        }
        if !statement.isEmpty { statements.append(statement) }
        return statements
    }

    static func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        var rest = text[...]
        while let first = rest.first {
            let (kind, length) = next(rest, first)
            tokens.append(Token(kind: kind, text: String(rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        return tokens
    }

    private static func next(_ rest: Substring, _ first: Character) -> (Token.Kind, Int) {
        switch first {
        case _ where first.isWhitespace:
            (.space, rest.prefix(while: \.isWhitespace).count)
        case _ where first.isLetter || first == "_":
            (.word, rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }.count)
        case "'":
            (.string, quotedLength(rest, "'"))
        case "\"":
            (.quoted, quotedLength(rest, "\""))
        case "-" where rest.hasPrefix("--"):
            (.comment, rest.prefix { $0 != "\n" }.count)
        case "/" where rest.hasPrefix("/*"):
            (.comment, commentLength(rest))
        default:
            (.sign, 1)
        }
    }

    /// A doubled quote is two quoted pieces side by side, which serves as well.
    private static func quotedLength(_ rest: Substring, _ quote: Character) -> Int {
        let inside = rest.dropFirst().prefix { $0 != quote }.count
        return min(inside + 2, rest.count)
    }

    private static func commentLength(_ rest: Substring) -> Int {
        guard let end = rest.firstRange(of: "*/") else { return rest.count }
        return rest.distance(from: rest.startIndex, to: end.upperBound)
    }
}
