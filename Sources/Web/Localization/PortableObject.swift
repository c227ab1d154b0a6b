/// Reads gettext's `.po` format: comments, `msgctxt`, `msgid`, `msgid_plural`, `msgstr` and `msgstr[n]`, each with C
/// strings that may go over several lines.
struct PortableObject {
    struct Entry {
        var line: Int
        var context: String?
        var source = ""
        var plural: String?
        var translations: [String] = []
        /// Marked as a guess that a translator has yet to confirm; not used.
        var isFuzzy = false

        var isHeader: Bool { source.isEmpty && context == nil }
    }

    private(set) var entries: [Entry] = []
    private let file: String
    private var line = 0
    private var isFuzzy = false
    private var current: Entry?
    private var target: Target?

    private enum Target {
        case context, source, plural, translation(Int)
    }

    init(_ text: String, file: String) throws {
        self.file = file
        for text in text.split(separator: "\n", omittingEmptySubsequences: false) {
            line += 1
            try read(text.trimming([" ", "\t", "\r"]))
        }
        finishEntry()
    }

    private mutating func read(_ text: String) throws {
        if text.isEmpty { return finishEntry() }
        if text.hasPrefix("#") {
            if current?.translations.isEmpty == false { finishEntry() }
            if text.hasPrefix("#,"), text.contains("fuzzy") { isFuzzy = true }
            return
        }
        if text.hasPrefix("\"") { return try append(unquote(text)) }
        guard let space = text.firstIndex(where: { $0 == " " || $0 == "\t" }) else {
            throw problem("a text is missing")
        }
        try begin(String(text[..<space]))
        try append(unquote(text[space...].trimming([" ", "\t"])))
    }

    private mutating func begin(_ keyword: String) throws {
        switch keyword {
        case "msgctxt":
            finishEntry()
            start()
            current?.context = ""
            target = .context
        case "msgid":
            if current?.context == nil || current?.translations.isEmpty == false { finishEntry() }
            if current == nil { start() }
            target = .source
        case "msgid_plural":
            current?.plural = ""
            target = .plural
        case "msgstr", "msgstr[\(current?.translations.count ?? 0)]":
            guard let count = current?.translations.count else { throw problem("msgstr without msgid") }
            current?.translations.append("")
            target = .translation(count)
        default:
            throw problem("“\(keyword)” is not expected here")
        }
    }

    private mutating func append(_ text: String) throws {
        guard let target, current != nil else { throw problem("a text stands alone") }
        switch target {
        case .context: current?.context? += text
        case .source: current?.source += text
        case .plural: current?.plural? += text
        case .translation(let index): current?.translations[index] += text
        }
    }

    private mutating func start() {
        current = Entry(line: line, isFuzzy: isFuzzy)
        isFuzzy = false
    }

    private mutating func finishEntry() {
        if let current { entries.append(current) }
        current = nil
        target = nil
    }

    private func unquote(_ text: String) throws -> String {
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { throw problem("a quote is missing") }
        var result = ""
        var rest = text.dropFirst().dropLast()
        while let character = rest.popFirst() {
            if character == "\"" { throw problem("a quote inside a text needs a backslash") }
            guard character == "\\" else {
                result.append(character)
                continue
            }
            guard let escaped = rest.popFirst() else { throw problem("a quote is missing") }
            guard let meaning = Self.escapes[escaped] else { throw problem("“\\\(escaped)” is not an escape") }
            result.append(meaning)
        }
        return result
    }

    private static let escapes: [Character: Character] = [
        "n": "\n", "t": "\t", "r": "\r", "\"": "\"", "\\": "\\",
    ]

    private func problem(_ reason: String) -> CatalogueError {
        CatalogueError(file: file, line: line, reason: reason)
    }
}
