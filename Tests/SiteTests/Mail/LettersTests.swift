import Core
import Site
import Testing

@Suite("Letters")
struct LettersTests {
    private static func write(_ kind: Letter.Kind, language: String = "en", name: String = "uma") throws
        -> WrittenLetter
    {
        let letter = Letter(
            kind: kind,
            username: name,
            brand: "Rita's <Films>",
            language: language,
            token: kind.hasLink ? "a-token" : nil,
            device: LetterDevice(address: "192.0.2.7", userAgent: "Mozilla/5.0 (Linux) Firefox/140.0"),
            address: "new@example.org",
            moment: Timestamp(milliseconds: 1_767_268_800_000),
            event: .mediaReady(.init(publicID: "aB3dE6gH9jK", title: "Evening at the <lake>"))
        )
        return try Letters(baseURL: "https://media.example.org").write(letter)
    }

    @Test("Text and HTML say the same, with the same link to the configured address", arguments: Letter.Kind.allCases)
    func sameContent(kind: Letter.Kind) throws {
        let letter = try Self.write(kind)
        #expect(!letter.subject.isEmpty)
        for body in [letter.text, letter.html] {
            let place = kind == .notification ? "media/aB3dE6gH9jK" : "auth/"
            #expect(body.contains("Hello uma,") && body.contains("https://media.example.org/\(place)"))
            #expect(body.contains("a-token") == kind.hasLink)
        }
        #expect(letter.text.contains("Rita's <Films>"))
        #expect(letter.html.contains("Rita&#39;s &lt;Films&gt;") && !letter.html.contains("<Films>"))
    }

    @Test("A letter about a new device says which one")
    func device() throws {
        let letter = try Self.write(.newDevice)
        #expect(letter.text.contains("Firefox on Linux, address 192.0.2.7"))
    }

    @Test("A link stands on a line of its own")
    func ownLine() throws {
        let lines = try Self.write(.resetPassword).text.split(separator: "\n")
        #expect(lines.contains("https://media.example.org/auth/reset-password?token=a-token"))
    }

    @Test(
        "Letters are in the reader's language, and in English for one that nobody translated",
        arguments: Letter.Kind.allCases
    )
    func languages(kind: Letter.Kind) throws {
        let english = try Self.write(kind)
        let german = try Self.write(kind, language: "de")
        #expect(german.html.contains("<html lang=\"de\">") && german.text.contains("Hallo uma,"))
        #expect(german.subject != english.subject)
        #expect(try Self.write(kind, language: "xx") == english)
    }
}
