import Foundation
import Testing
import Web

/// Translators find every text in the catalogues, and no text that nobody reads any more.
@Suite("Architecture: catalogues")
struct CatalogueTests {
    private static let catalogues = SourceTree.files(under: "Sources/Site/Locales", withExtension: "po")

    /// The texts that pages ask for by `t("…")` and `tn("…", …)`, each with where it stands.
    private static let asked: [(key: String, path: String)] = SourceTree.program.flatMap { file in
        SourceText(file).translated.map { ($0, file.path) }
    }

    /// What a person may be told by an operation or a refused request; `t(verbatim:)` looks it up by its English text.
    private static let told: [(key: String, path: String)] = SourceTree.program
        .filter { $0.name.hasSuffix("Failures.swift") }
        .flatMap { file in SourceText(file).sentences.map { ($0, file.path) } }

    private static func keys(of catalogue: SourceFile) throws -> Set<String> {
        let language = String(catalogue.name.dropLast(".po".count))
        let text = catalogue.lines.joined(separator: "\n")
        return Set(try Catalogue(po: text, language: language, file: catalogue.path).keys)
    }

    @Test("Every text that a page asks for is in every catalogue")
    func complete() throws {
        try #require(!Self.catalogues.isEmpty && !Self.asked.isEmpty && !Self.told.isEmpty)
        for catalogue in Self.catalogues {
            let keys = try Self.keys(of: catalogue)
            for (key, path) in Self.asked + Self.told where !keys.contains(key) {
                Issue.record("\(catalogue.name) lacks “\(key)” of \(path)")
            }
        }
    }

    @Test("No catalogue translates a text that the program does not have")
    func noLeftovers() throws {
        let asked = Set(Self.asked.map(\.key))
        let program = SourceTree.program.map { $0.lines.joined(separator: "\n") }
        for catalogue in Self.catalogues {
            for key in try Self.keys(of: catalogue).subtracting(asked) {
                let literal = "\"\(key.replacing("\"", with: "\\\""))\""
                #expect(program.contains { $0.contains(literal) }, "\(catalogue.name): nothing says “\(key)”")
            }
        }
    }
}

/// The texts in a Swift file, read just well enough for sources that the formatter has been over.
private struct SourceText {
    private let code: String

    init(_ file: SourceFile) {
        code = file.lines.filter { !$0.trimmingPrefix(/\s*/).hasPrefix("//") }.joined(separator: "\n")
    }

    /// The keys of `t("…")` and `tn("…", …)`, with `%1`, `%2`… in the place of what is interpolated.
    var translated: [String] {
        code.matches(of: /(?:^|[^\w.])tn?\(\s*"/).compactMap { key(from: $0.range.upperBound) }
    }

    /// Literals that are a sentence: they begin with a capital letter and end with a full stop.
    var sentences: [String] {
        code.matches(of: /"([A-Z](?:[^"\\]|\\")*\.)"/).map { String($0.1).replacing("\\\"", with: "\"") }
    }

    /// Nil where the literal does not end.
    private func key(from start: String.Index) -> String? {
        var key = ""
        var arguments = 0
        var index = start
        while index < code.endIndex, code[index] != "\"" {
            guard code[index] == "\\" else {
                key.append(code[index])
                index = code.index(after: index)
                continue
            }
            index = code.index(after: index)
            guard index < code.endIndex else { return nil }
            if code[index] == "(" {
                arguments += 1
                key += "%\(arguments)"
                index = endOfParentheses(from: index)
            } else {
                key.append(code[index])
                index = code.index(after: index)
            }
        }
        return index < code.endIndex ? key : nil
    }

    /// Behind the parenthesis that closes the one at `start`.
    private func endOfParentheses(from start: String.Index) -> String.Index {
        var depth = 0
        var index = start
        while index < code.endIndex {
            if code[index] == "(" { depth += 1 }
            if code[index] == ")" { depth -= 1 }
            index = code.index(after: index)
            if depth == 0 { break }
        }
        return index
    }
}
