import Foundation

/// Which passwords are good enough (NIST SP 800-63B-4 §3.1.1.2): long ones that are not common, and no rules about
/// kinds of characters. Length is counted in Unicode code points.
package struct PasswordRules: Sendable, Hashable {
    package let minimumLength: Int
    package let maximumLength: Int

    package init(minimumLength: Int = 8, maximumLength: Int = 256) {
        self.minimumLength = max(1, minimumLength)
        self.maximumLength = max(64, maximumLength)
    }

    /// One form for what different keyboards send for the same letters.
    static func normalized(_ password: String) -> String {
        password.precomposedStringWithCanonicalMapping
    }

    /// What is wrong with a new password, or nil. Words that the person is known by make no password either.
    func problem(of password: String, knownBy words: [String]) -> Failure.FieldProblem? {
        let password = Self.normalized(password)
        guard !password.isEmpty else { return .passwordMissing }
        let length = password.unicodeScalars.count
        guard length >= minimumLength else { return .passwordTooShort(minimumLength) }
        guard length <= maximumLength else { return .passwordTooLong(maximumLength) }
        let folded = password.lowercased()
        guard !CommonPasswords.contains(folded), Set(folded.unicodeScalars).count > 1 else { return .passwordCommon }
        guard !words.contains(where: { $0.lowercased() == folded }) else { return .passwordIsName }
        return nil
    }

    /// Longer than anything that could have been set; not worth hashing.
    func isImpossible(_ password: String) -> Bool {
        password.utf8.count > maximumLength * 4
    }
}

/// Passwords that everybody tries first.
enum CommonPasswords {
    private static let all: Set<String> = {
        let file = EmbeddedFiles.all.first { $0.path == "Accounts/common-passwords.txt" }
        let lines = file.map { "\($0.text)".split(separator: "\n") } ?? []
        return Set(lines.map(String.init))
    }()

    static var count: Int { all.count }

    /// The list holds lower case only.
    static func contains(_ folded: String) -> Bool {
        all.contains(folded)
    }
}
