import Testing
import Web

@testable import Site

@Suite("Plain text with a little order")
struct PlainMarkupTests {
    private func html(_ text: String) -> String {
        String(decoding: PlainMarkup(text).html.bytes, as: UTF8.self)
    }

    @Test("Headings, points and paragraphs")
    func blocks() {
        #expect(
            html("# One\nfirst\nsecond\n\nthird\n\n- a\n- b\n  and more\n\n- c\n## Two")
                == "<h2>One</h2>\n<p>first<br>second</p>\n<p>third</p>\n"
                + "<ul><li>a</li><li>b and more</li></ul>\n<ul><li>c</li></ul>\n<h3>Two</h3>\n"
        )
    }

    @Test("Whatever else stands there is text")
    func escapes() {
        let hostile = "# <script>alert(1)</script>\n- <img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) & \"'"
        #expect(
            html(hostile)
                == "<h2>&lt;script&gt;alert(1)&lt;/script&gt;</h2>\n<ul><li>&lt;img src=x onerror=alert(1)&gt;</li></ul>\n"
                + "<p>[a](javascript:alert(1)) &amp; &quot;&#39;</p>\n"
        )
        #expect(html("").isEmpty && html("\n \n").isEmpty)
        #expect(html("#no heading\n-no point") == "<p>#no heading<br>-no point</p>\n")
    }
}
