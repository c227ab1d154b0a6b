import Testing

/// Five floors, arrows only downwards. The manifest keeps targets apart; this keeps the manifest honest and says where in a
/// module a library may appear.
@Suite("Architecture: floors")
struct FloorTests {
    /// Which of our own modules each module may import.
    private static let mayImport: [String: Set<String>] = [
        "Persistence": ["CLibPQ"],
        "Integrations": ["CArgon2", "CCurl", "CMagic"],
        "Core": ["Persistence", "Integrations"],
        "Web": ["CZlib"],
        "Site": ["Core", "Web"],
        "mediashare": ["Persistence", "Integrations", "Core", "Web", "Site"],
        "embed-files": [],
    ]

    private static let ours: Set<String> = [
        "Persistence", "Integrations", "Core", "Web", "Site", "CLibPQ", "CArgon2", "CCurl", "CMagic", "CZlib",
    ]

    @Test("Every module imports only the floors below it")
    func floors() throws {
        try #require(!SourceTree.program.isEmpty)
        for file in SourceTree.program {
            let allowed = try #require(Self.mayImport[file.module], "\(file.module) is a module without a floor")
            let forbidden = file.imports.intersection(Self.ours).subtracting(allowed)
            #expect(forbidden.isEmpty, "\(file.path) imports \(forbidden.sorted())")
        }
    }

    @Test("Only Web, Site and the program know HTTP")
    func http() {
        for file in SourceTree.program where ["Persistence", "Integrations", "Core"].contains(file.module) {
            let forbidden = file.imports.filter { $0.hasPrefix("Hummingbird") || $0.contains("HTTP") }
            #expect(forbidden.isEmpty, "\(file.path) imports \(forbidden.sorted())")
        }
    }

    @Test("Each library that one folder is for stays there")
    func engines() {
        for file in SourceTree.program {
            if file.imports.contains("GRDB") {
                #expect(file.path.hasPrefix("Sources/Persistence/SQLite/"), "\(file.path) imports GRDB")
            }
            if file.imports.contains("JWTKit") {
                #expect(file.path.hasPrefix("Sources/Integrations/OpenID/"), "\(file.path) imports JWTKit")
            }
            if file.imports.contains("CLibPQ") {
                #expect(file.path.hasPrefix("Sources/Persistence/PostgreSQL/"), "\(file.path) imports CLibPQ")
            }
        }
    }

    @Test("SQL is written in the queries of a feature and in Persistence, nowhere else")
    func queries() {
        let statement = /"\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH RECURSIVE)\b/
        for file in SourceTree.program where file.module != "Persistence" && !file.name.contains("Queries") {
            for (index, line) in file.lines.enumerated() where line.contains(statement) {
                Issue.record("\(file.path):\(index + 1) writes SQL; it belongs in a …Queries file")
            }
        }
    }

    @Test("Queries live in Core, in the folder of their feature")
    func queriesStandBesideTheirFeature() {
        for file in SourceTree.program where file.name.hasSuffix("Queries.swift") {
            #expect(file.path.hasPrefix("Sources/Core/"), "\(file.path): queries live in Core, beside their feature")
        }
    }
}
