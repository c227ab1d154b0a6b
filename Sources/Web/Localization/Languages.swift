/// The languages that the program speaks: English, and every one that has a catalogue.
package struct Languages: Sendable {
    package let all: [Language]

    /// Reads catalogues named by their language: `Locales/de.po`. English needs none.
    /// - Throws: `CatalogueError` with file and line.
    package init(catalogues files: [(path: String, text: StaticString)] = []) throws {
        var all = [Language.english]
        for file in files.sorted(by: { $0.path < $1.path }) where file.path.hasSuffix(".po") {
            let name = file.path.split(separator: "/").last ?? ""
            let tag = String(name.dropLast(".po".count).map { $0 == "_" ? "-" : $0 })
            let catalogue = try Catalogue(po: file.text.description, language: tag, file: file.path)
            all.removeAll { $0.tag.lowercased() == tag.lowercased() }
            all.append(Language(tag: tag, catalogue: catalogue))
        }
        self.all = all
    }

    /// The language with this tag, if the program speaks it (for a cookie or an account's choice).
    package func named(_ tag: String) -> Language? {
        all.first { $0.tag.lowercased() == tag.lowercased() }
    }

    /// The best match for an `Accept-Language` header, by lookup (RFC 4647 section 3.4): the tag itself, then the tag with
    /// its last parts taken off. English when nothing matches.
    package func negotiate(_ acceptLanguage: String) -> Language {
        for wanted in QualityList(acceptLanguage).wanted {
            if wanted == "*" { return all[0] }
            var parts = wanted.split(separator: "-")
            while !parts.isEmpty {
                if let language = named(parts.joined(separator: "-")) { return language }
                parts.removeLast()
            }
        }
        return all[0]
    }
}
