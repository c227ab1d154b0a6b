/// The translations of one language, read from a gettext `.po` file.
package struct Catalogue: Sendable {
    package let rule: PluralRule
    private let messages: [String: [String]]

    package static let empty = Catalogue(rule: .oneOther, messages: [:])

    init(rule: PluralRule, messages: [String: [String]]) {
        self.rule = rule
        self.messages = messages
    }

    /// - Throws: `CatalogueError` when the text is not a `.po` file, translates a text twice, or brings another number
    ///   of plural forms than the language has.
    package init(po text: String, language: String, file: String = "") throws {
        let rule = PluralRule(language: language)
        var messages: [String: [String]] = [:]
        for entry in try PortableObject(text, file: file).entries where !entry.isHeader && !entry.isFuzzy {
            if entry.translations.allSatisfy(\.isEmpty) { continue }
            if entry.plural != nil, entry.translations.count != rule.count {
                throw CatalogueError(
                    file: file,
                    line: entry.line,
                    reason: "\(language) has \(rule.count) plural forms"
                )
            }
            let key = Self.key(entry.source, context: entry.context)
            guard messages.updateValue(entry.translations, forKey: key) == nil else {
                throw CatalogueError(file: file, line: entry.line, reason: "“\(entry.source)” is translated twice")
            }
        }
        self.init(rule: rule, messages: messages)
    }

    /// Every source text that has a translation, for the check that catalogues and source agree.
    package var keys: some Collection<String> { messages.keys }

    func text(_ source: String, context: String?) -> String? {
        messages[Self.key(source, context: context)]?.first
    }

    func plural(_ source: String, form: Int) -> String? {
        guard let forms = messages[source], forms.indices.contains(form) else { return nil }
        return forms[form]
    }

    /// As gettext joins them in compiled catalogues.
    private static func key(_ source: String, context: String?) -> String {
        context.map { "\($0)\u{4}\(source)" } ?? source
    }
}

package struct CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
    package let file: String
    package let line: Int
    package let reason: String

    package var description: String { "\(file):\(line): \(reason)" }
}
