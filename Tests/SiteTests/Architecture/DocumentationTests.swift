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

    @Test("Every link from one document to another leads somewhere")
    func links() {
        for document in Self.documents {
            let folder = SourceTree.root.appending(path: document.path).deletingLastPathComponent()
            for line in document.lines {
                for match in line.matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
                    let target = folder.appending(path: String(match.1)).standardizedFileURL
                    #expect(
                        FileManager.default.fileExists(atPath: target.path),
                        "\(document.path) points at \(match.1), which does not exist"
                    )
                }
            }
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
}
