import Foundation

/// A Swift file of the repository, as the architecture tests see it.
struct SourceFile: Sendable {
    /// From the root of the repository: `Sources/Core/Accounts/Accounts.swift`.
    let path: String
    let lines: [String]

    /// `Core` for `Sources/Core/Accounts/Accounts.swift`.
    var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// What the file imports, whatever the access level: `package import struct Foundation.Data` is `Foundation`.
    var imports: Set<String> {
        let pattern =
            /^(?:@\w+(?:\(\w+\))? )*(?:(?:public|package|internal|private|fileprivate) )?import (?:(?:struct|class|enum|func|protocol|typealias|let|var) )?(\w+)/
        return Set(lines.compactMap { line in line.firstMatch(of: pattern).map { String($0.1) } })
    }

    /// The lines that hold code, numbered from one, without comments and without what stands in string literals.
    var code: [(number: Int, text: String)] {
        var isInsideText = false
        return lines.enumerated().compactMap { index, line in
            // A multi-line literal holds HTML, SQL or a message: not code.
            let fences = line.ranges(of: "\"\"\"").count
            defer { if fences % 2 == 1 { isInsideText.toggle() } }
            guard !isInsideText else { return nil }
            let withoutText = line.replacing(/"(?:[^"\\]|\\.)*"/, with: "\"\"")
            let withoutComment = withoutText.replacing(/\/\/.*$/, with: "")
            guard withoutComment.contains(where: { !$0.isWhitespace }) else { return nil }
            return (index + 1, withoutComment)
        }
    }
}

/// The files of the repository that this test was compiled from.
enum SourceTree {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file under Sources.
    static let program: [SourceFile] = files(under: "Sources", withExtension: "swift")

    /// The Markdown documents at the root, under docs and beside the benchmarks.
    static let documents: [SourceFile] =
        files(under: "docs", withExtension: "md") + files(under: "Benchmarks", withExtension: "md")
        + files(under: "", withExtension: "md").filter { !$0.path.contains("/") }

    /// Every file with this extension below a folder, in order of their paths.
    static func files(under folder: String, withExtension wanted: String) -> [SourceFile] {
        let base = root.appending(path: folder)
        let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
        let urls = (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == wanted }
        return urls.sorted { $0.path < $1.path }.map { url in
            let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
            let path = String(url.path.dropFirst(root.path.count)).trimmingPrefix("/")
            return SourceFile(path: String(path), lines: text.components(separatedBy: "\n"))
        }
    }
}
