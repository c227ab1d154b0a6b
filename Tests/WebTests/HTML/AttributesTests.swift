import Testing

@testable import Web

struct AttributesTests {
    private func text(_ html: HTML) -> String { String(decoding: html.bytes, as: UTF8.self) }

    @Test("Attributes are there or not, always quoted and escaped")
    func attributes() {
        #expect(text(.attribute("title", "a\"b")) == " title=\"a&quot;b\"")
        #expect(text(.attribute("title", nil as String?)) == "")
        #expect(text(.attribute("href", Link(path: "a b"))) == " href=\"/a%20b\"")
        #expect(text(.flag("checked", true)) == " checked")
        #expect(text(.flag("checked", false)) == "")
    }

    @Test("Class lists hold what holds")
    func classes() {
        #expect(text(.classes("card", ("wide", true), ("dark", false))) == " class=\"card wide\"")
    }
}
