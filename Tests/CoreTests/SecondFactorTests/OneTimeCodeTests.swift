import TestSupport
import Testing

@testable import Core

@Suite("Codes of an authenticator app")
struct OneTimeCodeTests {
    private let code = OneTimeCode(secret: Array("12345678901234567890".utf8))

    @Test("The vectors of RFC 4226, appendix D")
    func counters() {
        let expected = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ]
        #expect((0..<10).map { code.code(step: $0) } == expected)
    }

    @Test(
        "The vectors of RFC 6238, appendix B, for SHA-1",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)]
    )
    func times(seconds: Int64, expected: String) {
        let moment = Timestamp(milliseconds: seconds * 1000)
        #expect(code.code(step: OneTimeCode.step(at: moment), digits: 8) == expected)
        #expect(code.step(of: String(expected.suffix(6)), at: moment) == seconds / 30)
    }

    @Test("A code counts one step early and one step late, and no more")
    func window() {
        let now = TestEffects.start
        let step = OneTimeCode.step(at: now)
        for drift in Int64(-1)...1 { #expect(code.step(of: code.code(step: step + drift), at: now) == step + drift) }
        for drift in [Int64(-2), 2] { #expect(code.step(of: code.code(step: step + drift), at: now) == nil) }
    }

    @Test("What is no code is wrong", arguments: ["", "12345", "1234567", "abcdef", "１２３４５６", "12345\u{0}"])
    func malformed(text: String) {
        #expect(code.step(of: text, at: TestEffects.start) == nil)
    }

    @Test(
        "Base32 is that of RFC 4648, section 10",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ]
    )
    func base32(plain: String, encoded: String) {
        #expect(Base32.encode(Array(plain.utf8)) == encoded)
    }

    @Test("A sealed secret opens with its own key, for its own owner, and unchanged")
    func seal() throws {
        let key = Array("a secret that only these tests know".utf8)
        let seal = SecretSeal(secretKey: key, purpose: "tests")
        let sealed = try seal.seal([1, 2, 3], for: "account 7")
        #expect(seal.open(sealed, for: "account 7") == [1, 2, 3])
        #expect(seal.open(sealed, for: "account 8") == nil)
        #expect(SecretSeal(secretKey: key, purpose: "other tests").open(sealed, for: "account 7") == nil)
        #expect(SecretSeal(secretKey: key + [0], purpose: "tests").open(sealed, for: "account 7") == nil)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(seal.open(changed, for: "account 7") == nil)
        }
        #expect(seal.open([], for: "account 7") == nil && seal.open([1, 2, 3], for: "account 7") == nil)
    }

    @Test("A recovery code is recognised however it is typed, and nothing else is one")
    func recoveryCodes() throws {
        let code = RecoveryCode(bytes: Array(0..<10))
        #expect(code.text.count == 19 && code.text.split(separator: "-").count == 4)
        let typed = [code.text, code.text.uppercased(), " \(code.text.replacing("-", with: "")) "]
        for text in typed { #expect(RecoveryCode(typed: text) == code) }
        for text in ["", "123456", code.text + "a", "aaaa-bbbb-cccc-dddé"] { #expect(RecoveryCode(typed: text) == nil) }
    }
}
