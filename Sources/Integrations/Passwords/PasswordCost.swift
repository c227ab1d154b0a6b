/// What one Argon2id hash costs.
package struct PasswordCost: Sendable, Hashable {
    package let memoryKiB: UInt32
    package let passes: UInt32
    package let lanes: UInt32

    package init(memoryKiB: UInt32, passes: UInt32, lanes: UInt32 = 1) {
        self.memoryKiB = memoryKiB
        self.passes = passes
        self.lanes = lanes
    }

    /// OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
    package static let standard = PasswordCost(memoryKiB: 19 * 1024, passes: 2)

    /// As cheap as Argon2 goes, for tests that are not about hashing.
    package static let least = PasswordCost(memoryKiB: 8, passes: 1)

    /// Nobody's stored hash may ask for more than this: a hostile one would stop the server.
    var isBearable: Bool {
        (8...262_144).contains(memoryKiB) && (1...16).contains(passes) && (1...8).contains(lanes)
            && UInt64(memoryKiB) * UInt64(passes) <= 1_048_576
    }
}

/// libargon2 refused; its error code is for the log.
package struct PasswordHashingFailed: Error, Sendable, Hashable {
    package let code: Int32
}
