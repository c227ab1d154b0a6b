import Testing

/// What the formatter cannot see: constructs that we do without, and files that grow too long.
@Suite("Architecture: style")
struct StyleTests {
    /// A file answers one question. The few that are longer have a reason.
    private static let longest = 300
    private static let longFiles: [String: Int] = [:]

    /// NIO's handlers take events of any type; their signatures are not ours to change.
    private static let signaturesOfOthers = ["event: Any"]

    @Test("Nothing in the program ends the process or hides an error")
    func forbidden() {
        let constructs: [(name: String, pattern: Regex<Substring>)] = [
            ("try!", /\btry!/), ("as!", /\bas!/), ("fatalError", /\bfatalError\(/), ("Any", /\bAny\b/),
            ("Task.detached", /\bTask\.detached\b/), ("print", /(?:^|[^\w.])print\(/),
        ]
        for file in SourceTree.program where file.module != "embed-files" {
            for (number, line) in file.code {
                let text = Self.signaturesOfOthers.reduce(line) { $0.replacing($1, with: "") }
                for construct in constructs where text.contains(construct.pattern) {
                    Issue.record("\(file.path):\(number) uses \(construct.name)")
                }
            }
        }
    }

    @Test("Unchecked Sendable stands in engines and channel code, with its reason in the line above")
    func uncheckedSendable() {
        let folders = ["Sources/Persistence/", "Sources/Web/", "Sources/Integrations/"]
        for file in SourceTree.program {
            for (number, text) in file.code where text.contains("@unchecked Sendable") {
                let above = number >= 2 ? file.lines[number - 2].trimmingPrefix(/\s*/) : ""
                #expect(
                    folders.contains { file.path.hasPrefix($0) } && above.hasPrefix("//"),
                    "\(file.path):\(number) is @unchecked Sendable without a reason"
                )
            }
        }
    }

    @Test("No reminder is left in a source file")
    func reminders() {
        for file in SourceTree.program {
            for (index, line) in file.lines.enumerated() where line.contains(/\b(?:TODO|FIXME|XXX|HACK)\b/) {
                Issue.record("\(file.path):\(index + 1): a reminder belongs in the issue tracker")
            }
        }
    }

    @Test("A file is short, or is named here with its length")
    func length() {
        for file in SourceTree.program {
            let limit = Self.longFiles[file.path] ?? Self.longest
            #expect(file.lines.count <= limit, "\(file.path) has \(file.lines.count) lines, more than \(limit)")
        }
        for path in Self.longFiles.keys {
            #expect(SourceTree.program.contains { $0.path == path }, "\(path) is gone; take it off the list")
        }
    }
}
