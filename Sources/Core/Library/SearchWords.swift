/// Text as search sees it: folded words of letters, digits and marks. Both engines get them ready made, so that both
/// find the same.
struct SearchWords: Sendable, Hashable {
    /// More words than this make no search better.
    private static let most = 12
    private static let longestWord = 40

    let words: [String]

    init(_ text: String) {
        words = text.folded.unicodeScalars
            .split { !$0.isWordPart }
            .map { String(String.UnicodeScalarView($0.prefix(Self.longestWord))) }
    }

    var isEmpty: Bool { words.isEmpty }

    /// What the index keeps of an item: the words of its title, and words that no title can hold for the shelves it is
    /// on, so that a search of one shelf reads nothing of the others.
    static func document(title: String, owner: ID<Account>, tenant: ID<Tenant>, visibility: Media.Visibility) -> String
    {
        var words = [ownerWord(owner)]
        switch visibility {
        case .public: words.append(publicWord(tenant))
        case .private, .unlisted: break
        }
        return (words + SearchWords(title).words).joined(separator: " ")
    }

    static func ownerWord(_ owner: ID<Account>) -> String { "_o\(owner)" }
    static func publicWord(_ tenant: ID<Tenant>) -> String { "_t\(tenant)" }

    /// FTS5's query: every word, the last one as a beginning.
    func fts5(shelfWord: String?) -> String {
        terms.map { word, isPrefix in "\"\(word)\"" + (isPrefix ? " *" : "") }
            .joined(separator: " AND ") + (shelfWord.map { " AND \"\($0)\"" } ?? "")
    }

    /// The same as PostgreSQL's tsquery.
    func tsquery(shelfWord: String?) -> String {
        terms.map { word, isPrefix in "'\(word)'" + (isPrefix ? ":*" : "") }
            .joined(separator: " & ") + (shelfWord.map { " & '\($0)'" } ?? "")
    }

    private var terms: [(word: String, isPrefix: Bool)] {
        let used = words.prefix(Self.most)
        return used.enumerated().map { ($1, $0 == used.count - 1) }
    }
}

extension Unicode.Scalar {
    fileprivate var isWordPart: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol,
            .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format, .surrogate, .privateUse,
            .unassigned:
            false
        @unknown default: false
        }
    }
}
