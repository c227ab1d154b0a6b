/// Writes CSV (RFC 4180) that is safe to open in a spreadsheet: a cell that a program could take for a formula begins
/// with an apostrophe, after which everything is text.
package struct CSVWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// One line, ended by CR LF. nil is an empty cell.
    package mutating func row(_ cells: [String?]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell ?? "")
        }
        bytes.append(contentsOf: "\r\n".utf8)
    }

    private mutating func append(_ cell: String) {
        let text = Self.isDangerous(cell) ? "'" + cell : cell
        guard text.utf8.contains(where: Self.needsQuotes) else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// What Excel, LibreOffice and Google Sheets begin a formula with, and the blanks that they skip before it (OWASP,
    /// "CSV Injection").
    private static func isDangerous(_ cell: String) -> Bool {
        switch cell.utf8.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
            UInt8(ascii: "\r"), UInt8(ascii: "\n"):
            true
        case .some, .none: false
        }
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
        case _: false
        }
    }
}
