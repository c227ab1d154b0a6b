import NIOCore
import Synchronization

/// Makes and checks password hashes: new ones with Argon2id, old ones as Werkzeug wrote them.
///
/// Each costs a lot by design, so only a few are computed at a time and only a few may wait; the rest is told to come
/// back, and hashing gives way to all other work: the server keeps answering when somebody tries passwords by the
/// thousand.
package final class PasswordHasher: Sendable {
    /// What a check found.
    package enum Verification: Sendable, Hashable {
        case mismatch
        case matches
        /// The password is right, and its hash should be replaced by a new one.
        case matchesOutdated
    }

    private let cost: PasswordCost
    private let room: Int
    private let pending = Atomic(0)
    private let pool: BlockingPool

    /// - Parameters:
    ///   - parallel: how many hashes are computed at the same time.
    ///   - queue: how many more may wait.
    package init(cost: PasswordCost = .standard, parallel: Int = PasswordHasher.spareCores, queue: Int = 16) {
        self.cost = cost
        room = parallel + queue
        pool = BlockingPool(threads: parallel, givesWay: true)
    }

    /// All cores but one, which everybody else's pages need while somebody tries passwords; never more than four.
    package static let spareCores = min(max(System.coreCount - 1, 1), 4)

    /// A new hash of the password, with a salt of its own.
    /// - Throws: `HasherBusy`.
    package func hash(_ password: String) async throws -> String {
        let salt = Self.newSalt()
        return try await work { [cost] in try Argon2id.hash(Array(password.utf8), salt: salt, cost: cost) }
    }

    /// Whether `stored` is a hash of the password. What cannot be read as a hash never is, at the usual cost.
    /// - Throws: `HasherBusy`.
    package func verify(_ password: String, against stored: String) async throws -> Verification {
        let bytes = Array(password.utf8)
        guard bytes.count <= Self.longest else { return try await refuse() }
        if let storedCost = Argon2id.cost(of: stored), storedCost.isBearable {
            let matches = try await work { Argon2id.verify(bytes, against: stored) }
            return matches ? (storedCost == cost ? .matches : .matchesOutdated) : .mismatch
        }
        if let werkzeug = WerkzeugHash(stored), !bytes.isEmpty {
            return try await work { werkzeug.verify(bytes) } ? .matchesOutdated : .mismatch
        }
        return try await refuse()
    }

    /// Whether a text is a hash that passwords can be compared with: our own, or Werkzeug's.
    package static func recognises(_ stored: String) -> Bool {
        if let cost = Argon2id.cost(of: stored) { return cost.isBearable }
        return WerkzeugHash(stored).map { $0.hex.allSatisfy { (48...57).contains($0) || (97...102).contains($0) } }
            ?? false
    }

    /// Whether a right password should be hashed anew: the hash is no Argon2id of today's cost.
    package func needsRehash(_ stored: String) -> Bool {
        Argon2id.cost(of: stored) != cost
    }

    /// Costs what a check costs, for accounts that do not exist: so that time tells nobody which do.
    /// - Throws: `HasherBusy`.
    package func burn() async throws {
        _ = try await work { [cost] in
            try Argon2id.hash(Array("no such account".utf8), salt: Array(repeating: 0, count: 16), cost: cost)
        }
    }

    /// Longer passwords than this, in bytes, are nobody's.
    private static let longest = 4096

    private func refuse() async throws -> Verification {
        try await burn()
        return .mismatch
    }

    private func work<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        defer { pending.subtract(1, ordering: .relaxed) }
        guard pending.add(1, ordering: .relaxed).newValue <= room else { throw HasherBusy(retryAfter: .seconds(2)) }
        return try await pool.run(body)
    }

    private static func newSalt() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<Argon2id.saltLength).map { _ in random.next() as UInt8 }
    }
}

/// Too many hashes are waiting already.
package struct HasherBusy: Error, Sendable, Hashable {
    package let retryAfter: Duration
}
