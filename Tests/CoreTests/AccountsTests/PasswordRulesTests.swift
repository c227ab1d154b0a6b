import Testing

@testable import Core

@Suite("Password rules")
struct PasswordRulesTests {
    private let rules = PasswordRules()

    @Test("The list of common passwords has at least 3,000 of the usual length")
    func listSize() {
        #expect(CommonPasswords.count >= 3000)
    }

    @Test(
        "The usual suspects are refused, in upper case too",
        arguments: [
            "password", "Password1", "PASSWORD123", "p@ssw0rd", "12345678", "123456789", "1234567890", "qwertyuiop",
            "qwerty123", "1q2w3e4r", "1qaz2wsx", "iloveyou", "sunshine", "princess", "football", "baseball", "superman",
            "trustno1", "starwars", "letmein1", "welcome1", "admin123", "Summer2024!", "abc12345", "11111111",
            "aaaaaaaaaa",
            "passwort", "motdepasse", "correcthorsebatterystaple", "changeme", "qwertzuiop", "mediashare",
        ]
    )
    func common(password: String) {
        #expect(rules.problem(of: password, knownBy: [])?.field == "password")
    }

    @Test("Length alone makes a password good: no kind of character is asked for")
    func noComposition() {
        #expect(rules.problem(of: "plain words only", knownBy: []) == nil)
        #expect(rules.problem(of: "zzyxqvwk", knownBy: []) == nil)
    }

    @Test("Length counts code points, and at least 64 are allowed whatever is set")
    func lengths() {
        #expect(rules.problem(of: "zzyxqvw", knownBy: []) != nil)
        #expect(rules.problem(of: "żółćęśąń", knownBy: []) == nil)
        #expect(rules.problem(of: String(repeating: "zxq", count: 85), knownBy: []) == nil)
        #expect(rules.problem(of: String(repeating: "zxq", count: 86), knownBy: []) != nil)
        #expect(PasswordRules(minimumLength: 15).problem(of: "fourteen chars", knownBy: []) != nil)
        #expect(PasswordRules(maximumLength: 10).maximumLength == 64)
    }

    @Test("A username or an address is no password")
    func names() {
        #expect(rules.problem(of: "Nora.Nilsen", knownBy: ["nora.nilsen", "nora@example.com"]) != nil)
        #expect(rules.problem(of: "NORA@example.com", knownBy: ["nora.nilsen", "nora@example.com"]) != nil)
    }

    @Test("The same letters are the same password, however a keyboard composes them")
    func normalization() {
        #expect(PasswordRules.normalized("caf\u{65}\u{301}") == PasswordRules.normalized("caf\u{e9}"))
    }
}
