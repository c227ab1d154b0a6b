import Testing

/// Migrations are found by their names, so the names must be right.
@Suite("Architecture: migrations")
struct MigrationFileTests {
    private struct Name: Hashable {
        let number: String
        let title: String
        let engine: String?
    }

    private static let files = SourceTree.files(under: "Sources", withExtension: "sql")

    private static func name(of file: SourceFile) -> Name? {
        let pattern = /(\d{4})_([a-z][a-z0-9_]*)(?:\.(sqlite|postgres))?\.sql/
        guard let match = file.name.wholeMatch(of: pattern) else { return nil }
        return Name(number: String(match.1), title: String(match.2), engine: match.3.map(String.init))
    }

    @Test("A migration is NNNN_name.sql beside its feature in Core")
    func naming() {
        for file in Self.files {
            #expect(Self.name(of: file) != nil, "\(file.path) is not NNNN_name.sql")
            #expect(file.path.split(separator: "/").count == 4, "\(file.path) is not in the folder of a feature")
            #expect(file.module == "Core", "\(file.path) is not in Core")
        }
    }

    @Test("A number is used once; a pair for two engines is complete")
    func numbers() {
        let byNumber = Dictionary(grouping: Self.files.compactMap(Self.name), by: \.number)
        for (number, names) in byNumber {
            #expect(Set(names.map(\.title)).count == 1, "\(number) is used twice: \(names.map(\.title).sorted())")
            let engines = names.map { $0.engine ?? "both" }.sorted()
            #expect(engines == ["both"] || engines == ["postgres", "sqlite"], "\(number) is written for \(engines)")
        }
    }
}
