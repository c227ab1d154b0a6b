/// Reads CSV (RFC 4180) with commas or semicolons, LF or CR LF, with or without a byte order mark.
struct CSVReader {
    struct Line: Sendable, Hashable {
        /// Counted from 1, as an editor shows it; the first of those that the record has.
        let number: Int
        let cells: [String]
    }

    /// Throws `Failure` for a quote that is never closed.
    static func lines(of text: String) throws(Failure) -> [Line] {
        var reader = CSVReader(text)
        return try reader.read()
    }

    private let characters: [UInt8]
    private let separator: UInt8
    private var number = 1

    private init(_ text: String) {
        let bytes = Array(text.utf8)
        characters = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        let head = characters.prefix { $0 != UInt8(ascii: "\n") }
        let hasComma = head.contains(UInt8(ascii: ","))
        separator = !hasComma && head.contains(UInt8(ascii: ";")) ? UInt8(ascii: ";") : UInt8(ascii: ",")
    }

    private mutating func read() throws(Failure) -> [Line] {
        var lines: [Line] = []
        var cells: [String] = []
        var cell: [UInt8] = []
        var start = 1
        var isQuoted = false
        var index = 0
        func ended(_ cell: [UInt8]) -> String { String(decoding: cell, as: UTF8.self) }
        while index < characters.count {
            let byte = characters[index]
            index += 1
            if byte == UInt8(ascii: "\n") { number += 1 }
            if isQuoted {
                guard byte == UInt8(ascii: "\"") else {
                    cell.append(byte)
                    continue
                }
                if index < characters.count, characters[index] == UInt8(ascii: "\"") {
                    cell.append(byte)
                    index += 1
                } else {
                    isQuoted = false
                }
            } else if byte == UInt8(ascii: "\""), cell.isEmpty {
                isQuoted = true
            } else if byte == separator {
                cells.append(ended(cell))
                cell = []
            } else if byte == UInt8(ascii: "\n") {
                if cell.last == UInt8(ascii: "\r") { cell.removeLast() }
                let line = cells + [ended(cell)]
                if line != [""] { lines.append(Line(number: start, cells: line)) }
                (cells, cell, start) = ([], [], number)
            } else {
                cell.append(byte)
            }
        }
        guard !isQuoted else { throw .invalid([.quoteOpen(start)]) }
        if !cells.isEmpty || !cell.isEmpty {
            if cell.last == UInt8(ascii: "\r") { cell.removeLast() }
            lines.append(Line(number: start, cells: cells + [ended(cell)]))
        }
        return lines
    }
}
