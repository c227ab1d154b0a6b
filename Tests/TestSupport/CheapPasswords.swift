import Core
package import Integrations
import Synchronization

/// Hashes that cost nothing, for tests that are not about hashing. It counts what was asked of it.
package final class CheapPasswords: PasswordHashing {
    package struct Counts: Sendable, Equatable {
        package var hashed = 0
        package var verified = 0
        package var burned = 0
    }

    private let counter = Mutex(Counts())

    package init() {}

    package var counts: Counts { counter.withLock { $0 } }

    package func hash(_ password: String) async throws -> String {
        counter.withLock { $0.hashed += 1 }
        return "new:\(password)"
    }

    /// As an older kind of hash would be stored.
    package static func outdated(_ password: String) -> String {
        "old:\(password)"
    }

    package func verify(_ password: String, against stored: String) async throws -> PasswordHasher.Verification {
        counter.withLock { $0.verified += 1 }
        return switch stored {
        case "new:\(password)": .matches
        case Self.outdated(password): .matchesOutdated
        case _: .mismatch
        }
    }

    package func burn() async throws {
        counter.withLock { $0.burned += 1 }
    }
}
