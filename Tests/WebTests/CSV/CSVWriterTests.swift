import Testing

@testable import Web

@Suite("CSV")
struct CSVWriterTests {
    private func written(_ cells: [String?]) -> String {
        var csv = CSVWriter()
        csv.row(cells)
        return String(decoding: csv.bytes, as: UTF8.self)
    }

    @Test("Commas, quotes and line ends stand inside quotes; everything else stands as it is")
    func quoting() {
        #expect(written(["a", nil, "b c", "ü"]) == "a,,b c,ü\r\n")
        #expect(written(["a,b", "say \"x\"", "two\nlines"]) == "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n")
    }

    @Test(
        "What a spreadsheet would take for a formula becomes text",
        arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\",\"y\")"]
    )
    func formulas(cell: String) {
        let line = written([cell])
        #expect(line.hasPrefix("'") || line.hasPrefix("\"'"))
    }
}
