import Testing

@testable import Web

struct Base64URLTests {
    @Test(
        "RFC 4648's examples, without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func examples(text: String, encoded: String) {
        #expect(Array(text.utf8).base64URL == encoded)
        #expect([UInt8](base64URL: encoded) == Array(text.utf8))
    }

    @Test(
        "Other forms of the same bytes are refused",
        arguments: ["Zh", "Zg==", "Zm9", "A", "Zm 9v", "Zm9v\n", "Zm+v"]
    )
    func refused(text: String) {
        #expect([UInt8](base64URL: text) == nil)
    }

    @Test("Any bytes come back")
    func property() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededRandom(seed)
        for _ in 0..<500 {
            let bytes = random.bytes(100)
            #expect([UInt8](base64URL: bytes.base64URL) == bytes, "seed \(seed)")
        }
    }
}
