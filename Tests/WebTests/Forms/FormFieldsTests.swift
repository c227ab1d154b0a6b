import HTTPTypes
import NIOCore
import Testing

@testable import Web

struct FormFieldsTests {
    private func decode(_ text: String) throws -> FormFields {
        try FormFields(urlEncoded: ByteBuffer(string: text))
    }

    @Test("Fields are decoded in order, duplicates kept")
    func order() throws {
        let fields = try decode("a=1&b=two+words&a=%C3%A9%26&empty=&bare&=nameless&&")
        #expect(
            fields.pairs == [
                .init("a", "1"), .init("b", "two words"), .init("a", "é&"), .init("empty", ""), .init("bare", ""),
            ]
        )
        #expect(fields["a"] == "1")
        #expect(fields.all("a") == ["1", "é&"])
        #expect(fields["missing"] == nil)
    }

    @Test(
        "What is not proper percent-encoding or UTF-8 is refused",
        arguments: ["a=%", "a=%4", "a=%zz", "%=1", "a=%C3", "a=%FF", "a=%C0%AF", "a=%ED%A0%80", "a=%00", "a=x%0"]
    )
    func undecodable(text: String) {
        #expect(throws: RequestProblem.undecodableForm) { try decode(text) }
    }

    @Test("More fields than the bound are refused")
    func tooMany() throws {
        let most = Array(repeating: "a=1", count: FormFields.maximumCount).joined(separator: "&")
        #expect(try decode(most).pairs.count == FormFields.maximumCount)
        #expect(throws: RequestProblem.tooManyFields) { try decode(most + "&a=1") }
    }

    @Test("Typed readings: lines lose white space at their ends, passwords keep it, boxes are on or off")
    func readings() throws {
        let fields = try decode("email=+uma%40example.org%0D%0A&password=+secret+&public=1&off=false&notes=a%0D%0Ab")
        #expect(fields.text("email") == "uma@example.org")
        #expect(fields.raw("password") == " secret ")
        #expect(fields.isOn("public"))
        #expect(!fields.isOn("off"))
        #expect(!fields.isOn("missing"))
        #expect(fields.lines("notes") == "a\nb")
        #expect(fields.text("missing") == "")
    }

    @Test("Whatever is encoded comes back, and no bytes at all make the decoder stumble")
    func property() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededRandom(seed)
        for _ in 0..<300 {
            let pairs = (0..<random.below(8)).map { _ in
                FormFields.Pair("n" + random.text(8), random.text(40))
            }
            let encoded = pairs.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
            #expect(try decode(encoded).pairs == pairs, "seed \(seed)")

            let noise = ByteBuffer(bytes: random.bytes(200))
            do {
                _ = try FormFields(urlEncoded: noise)
            } catch {
                #expect(error.status.code == 400, "seed \(seed)")
            }
        }
    }
}
