import Web

/// Plain text with a little order in it: `# ` and `## ` begin headings, `- ` a point of a list, an empty line a new
/// paragraph. Everything else is text, and all of it is escaped.
struct PlainMarkup: Sendable {
    private enum Block {
        case heading(String)
        case subheading(String)
        case list([String])
        case paragraph([String])
    }

    private let blocks: [Block]

    init(_ text: String) {
        var blocks: [Block] = []
        // Whether the next line belongs to what the last one began.
        var isOpen = false
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let line = String(line.drop(while: \.isWhitespace))
            if line.isEmpty {
                isOpen = false
            } else if line.hasPrefix("# ") {
                blocks.append(.heading(String(line.dropFirst(2))))
                isOpen = false
            } else if line.hasPrefix("## ") {
                blocks.append(.subheading(String(line.dropFirst(3))))
                isOpen = false
            } else if line.hasPrefix("- ") {
                Self.add(point: String(line.dropFirst(2)), to: &blocks, isOpen: isOpen)
                isOpen = true
            } else {
                Self.add(line: line, to: &blocks, isOpen: isOpen)
                isOpen = true
            }
        }
        self.blocks = blocks
    }

    private static func add(point: String, to blocks: inout [Block], isOpen: Bool) {
        guard isOpen, case .list(let points) = blocks.last else { return blocks.append(.list([point])) }
        blocks[blocks.count - 1] = .list(points + [point])
    }

    /// A line behind a point goes on with the point.
    private static func add(line: String, to blocks: inout [Block], isOpen: Bool) {
        switch blocks.last {
        case .paragraph(let lines) where isOpen:
            blocks[blocks.count - 1] = .paragraph(lines + [line])
        case .list(let points) where isOpen:
            blocks[blocks.count - 1] = .list(points.dropLast() + ["\(points.last ?? "") \(line)"])
        case .paragraph, .list, .heading, .subheading, nil:
            blocks.append(.paragraph([line]))
        }
    }

    var html: HTML {
        blocks.map { block -> HTML in
            switch block {
            case .heading(let text): "<h2>\(text)</h2>\n"
            case .subheading(let text): "<h3>\(text)</h3>\n"
            case .list(let points): "<ul>\(points.map { "<li>\($0)</li>" as HTML })</ul>\n"
            case .paragraph(let lines): "<p>\(lines.map { "\($0)" as HTML }.joined("<br>"))</p>\n"
            }
        }.joined()
    }
}
