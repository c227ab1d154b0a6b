import Foundation
import Synchronization
import Testing

@testable import Integrations

@Suite("Passwords")
struct PasswordTests {
    private let hasher = PasswordHasher(cost: .least, parallel: 2, queue: 2000)

    @Test("A new hash is an Argon2id PHC string of the standard cost and verifies its password only")
    func argon2id() async throws {
        let hasher = PasswordHasher()
        let stored = try await hasher.hash("correct horse battery staple")
        #expect(stored.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try await hasher.verify("correct horse battery staple", against: stored) == .matches)
        #expect(try await hasher.verify("correct horse battery stapl", against: stored) == .mismatch)
        #expect(!hasher.needsRehash(stored))
    }

    @Test("The same password gets another hash each time")
    func salts() async throws {
        #expect(try await hasher.hash("twice") != hasher.hash("twice"))
    }

    @Test("A hash made elsewhere verifies, and one of another cost is outdated")
    func foreignArgon2id() async throws {
        // From the test vectors of the reference implementation (argon2id, v=19, t=2, m=2^16, p=1, "password").
        let stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        #expect(try await hasher.verify("password", against: stored) == .matchesOutdated)
        #expect(try await hasher.verify("passwore", against: stored) == .mismatch)
        #expect(hasher.needsRehash(stored))
    }

    @Test("A thousand hashes that Werkzeug made verify, and none with another password")
    func werkzeug() async throws {
        let lines = try fixture("werkzeug-hashes.tsv").split(separator: "\n").map {
            $0.split(separator: "\t", maxSplits: 1).map(String.init)
        }
        #expect(lines.count == 1000)
        try await withThrowingTaskGroup { group in
            for (index, line) in lines.enumerated() {
                group.addTask { [hasher] in
                    let right = try await hasher.verify(line[0], against: line[1])
                    #expect(right == .matchesOutdated, "line \(index + 1)")
                    guard index > 3 else { return }
                    let wrong = try await hasher.verify(line[0] + " ", against: line[1])
                    #expect(wrong == .mismatch, "line \(index + 1) with another password")
                }
            }
            try await group.waitForAll()
        }
    }

    @Test(
        "What is no hash, or would cost too much, matches nothing and ends soon",
        arguments: [
            "", "!", "password", "$", "$$", "$$$$$", "scrypt", "scrypt:32768:8:1$salt", "scrypt:32768:8$salt$00",
            "scrypt:32768:8:1$salt$00", "scrypt:32767:8:1$salt$" + String(repeating: "0", count: 128),
            "scrypt:1073741824:8:1$salt$" + String(repeating: "0", count: 128),
            "scrypt:1048576:64:16$salt$" + String(repeating: "0", count: 128),
            "scrypt:-2:8:1$salt$" + String(repeating: "0", count: 128),
            "scrypt:32768:8:1$$" + String(repeating: "0", count: 128),
            "pbkdf2:sha256:99999999999999999999$salt$" + String(repeating: "0", count: 64),
            "pbkdf2:sha256:2000000000$salt$" + String(repeating: "0", count: 64),
            "pbkdf2:md5:1$salt$" + String(repeating: "0", count: 32),
            "pbkdf2:sha256:0$salt$" + String(repeating: "0", count: 64),
            "pbkdf2:sha256:1:1$salt$" + String(repeating: "0", count: 64),
            "sha256$salt$" + String(repeating: "0", count: 64), "plain$$password",
            "$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=8,t=4294967295,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=65536,t=2,p=1$$", "$argon2id$v=19$m=65536,t=2,p=1$!!!$???",
            "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=+8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            String(repeating: "a", count: 100_000),
        ]
    )
    func noHash(_ stored: String) async throws {
        #expect(try await hasher.verify("password", against: stored) == .mismatch)
        #expect(try await hasher.verify("", against: stored) == .mismatch)
        #expect(hasher.needsRehash(stored))
    }

    @Test("An empty or endless password crashes nothing")
    func oddPasswords() async throws {
        let line = try #require(try fixture("werkzeug-hashes.tsv").split(separator: "\n").last)
        let werkzeug = String(try #require(line.split(separator: "\t", maxSplits: 1).last))
        let own = try await hasher.hash("password")
        for password in ["", String(repeating: "x", count: 1_000_000), "pass\0word"] {
            #expect(try await hasher.verify(password, against: werkzeug) == .mismatch)
            #expect(try await hasher.verify(password, against: own) == .mismatch)
        }
    }

    @Test("More than may wait are told to come back, and afterwards there is room again")
    func busy() async throws {
        let hasher = PasswordHasher(parallel: 1, queue: 2)
        let (busy, done) = try await withThrowingTaskGroup { group in
            for _ in 0..<40 {
                group.addTask {
                    do {
                        try await hasher.burn()
                        return true
                    } catch is HasherBusy {
                        return false
                    }
                }
            }
            var (busy, done) = (0, 0)
            for try await succeeded in group { if succeeded { done += 1 } else { busy += 1 } }
            return (busy, done)
        }
        #expect(busy > 0 && done >= 3)
        try await hasher.burn()
    }
}
