import Foundation
import Testing

/// What must not compile does not: each snippet is checked by the compiler together with the sources it is about.
@Suite(.serialized)
struct CompileTests {
    @Test("The correct use compiles, so that the refusals below mean something")
    func correct() throws {
        let errors = try errors(
            """
            func page(_ database: some Database, status: String) async throws -> [Int64] {
                let order: SQL = "ORDER BY id DESC"
                return try await database.read { db in
                    try db.all("SELECT id FROM t WHERE status = \\(status) \\(order) LIMIT \\(20)") { try $0["id"] }
                }
            }
            """
        )
        #expect(errors == [])
    }

    @Test(
        "Text that is only known at run time cannot become SQL",
        arguments: [
            "func f(_ text: String) -> SQL { text }",
            "func f(_ text: String) -> SQL { SQL(text) }",
            "func f(_ text: String) -> SQL { SQL(stringLiteral: text) }",
            "func f(_ text: String) -> SQL { SQL(unicodeScalarLiteral: text) }",
            "func f(_ text: String) -> SQL { \"SELECT 1\" + text }",
            "func f(_ text: Substring) -> SQL { .init(stringInterpolation: text) }",
            "func f(_ text: String, _ db: some Connection) throws { try db.execute(text) }",
            "func f(_ text: String) -> SQL { .either(sqlite: text, postgres: text) }",
            "func f(_ name: String, _ db: some Connection) throws { try db.insert(into: name, columns: [], rows: []) }",
        ]
    )
    func runtimeText(snippet: String) throws {
        #expect(try !errors(snippet).isEmpty)
    }

    @Test("A transaction cannot wait for anything")
    func asynchronousBody() throws {
        let errors = try errors(
            """
            func fetch() async -> Int { 1 }
            func f(_ database: some Database) async throws {
                try await database.write { db in
                    let count = await fetch()
                    try db.execute("UPDATE t SET a = \\(count)")
                }
            }
            """
        )
        #expect(errors.contains { $0.contains("async") })
    }

    @Test(
        "A connection cannot leave its transaction",
        arguments: [
            """
            func f(_ database: some Database) async throws {
                try await database.read { db in
                    Task { _ = try db.rows("SELECT 1") }
                    return 1
                }
            }
            """,
            """
            func f(_ database: some Database) async throws -> any Connection {
                try await database.read { db in db }
            }
            """,
            """
            final class Keeper { var connection: (any Connection)? }
            func f(_ database: some Database, _ keeper: Keeper) async throws {
                try await database.read { db in keeper.connection = db }
            }
            """,
        ]
    )
    func escapingConnection(snippet: String) throws {
        #expect(try !errors(snippet).isEmpty)
    }

    @Test("A value of a type that the database cannot hold is no parameter")
    func strangeValue() throws {
        #expect(try !errors("struct Odd {}\nfunc f() -> SQL { \"SELECT \\(Odd())\" }").isEmpty)
    }

    private static let sources = ["SQL", "SQLValue", "Row", "Database", "Connection", "WriteCount"]

    private func errors(_ snippet: String) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "snippet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "Snippet.swift")
        try snippet.write(to: file, atomically: true, encoding: .utf8)
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Persistence")
        let compiler = Process()
        compiler.executableURL = URL(filePath: "/usr/bin/env")
        // As far as SIL, because what may be sent to another task is only checked there.
        compiler.arguments =
            [
                "swiftc", "-emit-sil", "-wmo", "-o", "/dev/null", "-module-name", "Snippet", "-diagnostic-style",
                "llvm", "-swift-version", "6", "-package-name", "mediashare",
            ]
            + Self.sources.map { root.appending(path: "\($0).swift").path } + [file.path]
        let output = Pipe()
        compiler.standardError = output
        compiler.standardOutput = FileHandle.nullDevice
        try compiler.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        compiler.waitUntilExit()
        let errors = text.split(separator: "\n").filter { $0.contains(": error: ") }.map(String.init)
        // Only the snippet may be wrong.
        try #require(errors.allSatisfy { $0.contains("Snippet.swift") }, "\(text)")
        return errors
    }
}
