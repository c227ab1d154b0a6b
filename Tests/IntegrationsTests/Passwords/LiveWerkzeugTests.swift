import Foundation
import Testing

@testable import Integrations

/// Hashes that Werkzeug itself made for this run: `scripts/test` writes them and names the file.
@Suite("Passwords: Werkzeug's own, made today")
struct LiveWerkzeugTests {
    private struct Sample: Sendable {
        let right: String
        let wrong: String
        let hash: String

        init?(line: Substring) {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard parts.count == 3, let right = Self.text(hex: parts[0]), let wrong = Self.text(hex: parts[1]) else {
                return nil
            }
            self.right = right
            self.wrong = wrong
            hash = String(parts[2])
        }

        private static func text(hex: Substring) -> String? {
            let digits = hex.utf8.compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
            guard digits.count == hex.utf8.count, digits.count % 2 == 0 else { return nil }
            let bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
            return String(validating: bytes, as: UTF8.self)
        }
    }

    private static let file = ProcessInfo.processInfo.environment["MEDIASHARE_TEST_WERKZEUG"]

    @Test("Each verifies its password and no other", .enabled(if: file != nil, "scripts/test makes the hashes"))
    func verification() async throws {
        let path = try #require(Self.file)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let samples = lines.compactMap(Sample.init)
        #expect(samples.count == 1000 && lines.count == 1000)

        let hasher = PasswordHasher(cost: .least, parallel: 2, queue: 2000)
        try await withThrowingTaskGroup { group in
            for (index, sample) in samples.enumerated() {
                group.addTask {
                    let right = try await hasher.verify(sample.right, against: sample.hash)
                    #expect(right == .matchesOutdated, "line \(index + 1)")
                    let wrong = try await hasher.verify(sample.wrong, against: sample.hash)
                    #expect(wrong == .mismatch, "line \(index + 1) with another password")
                }
            }
            try await group.waitForAll()
        }
    }
}
