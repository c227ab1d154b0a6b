import Core
import Foundation
import Testing

/// The documents name what there is, and what they point at exists.
@Suite("Architecture: documents")
struct DocumentationTests {
    private static let documents = SourceTree.documents

    @Test("Every setting stands in docs/operations.md")
    func settings() throws {
        let operations = try #require(Self.documents.first { $0.path == "docs/operations.md" })
        let text = operations.lines.joined(separator: "\n")
        for setting in SettingsCatalogue.all {
            #expect(text.contains("| `\(setting.name)` |"), "\(setting.name) is not in the table of settings")
        }
    }

    @Test("Every decision is in the list of decisions, once")
    func decisions() throws {
        let list = try #require(Self.documents.first { $0.path == "docs/decisions/README.md" })
        let pages = Self.documents.filter { $0.path.hasPrefix("docs/decisions/") && $0.name != "README.md" }
        for page in pages {
            let mentions = list.lines.filter { $0.contains("(\(page.name))") }
            #expect(mentions.count == 1, "\(page.name) is \(mentions.count) times in docs/decisions/README.md")
        }
        let numbers = pages.map { $0.name.prefix(4) }
        #expect(Set(numbers).count == numbers.count, "a number was given twice: \(numbers)")
    }

    @Test("Every file that the documents of security name exists", arguments: ["docs/asvs.md", "docs/threat-model.md"])
    func namedFiles(document: String) throws {
        let page = try #require(Self.documents.first { $0.path == document })
        for line in page.lines {
            for match in line.matches(of: /`((?:Sources|Tests|docs|scripts)\/[^`]+)`/) {
                let path = SourceTree.root.appending(path: String(match.1)).path
                #expect(FileManager.default.fileExists(atPath: path), "\(document) names \(match.1)")
            }
        }
    }
}
