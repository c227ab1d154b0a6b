package import Core
import Synchronization

/// A clock that moves only when told to, and chance that is the same in every run.
package final class TestEffects: Sendable {
    /// 2026-01-01 12:00 UTC.
    package static let start = Timestamp(milliseconds: 1_767_268_800_000)

    private let clock = Mutex(start)
    private let random: Mutex<SeededRandom>

    package init(seed: UInt64 = 1) {
        random = Mutex(SeededRandom(seed: seed))
    }

    package var now: Timestamp { clock.withLock { $0 } }

    package func advance(by duration: Duration) {
        clock.withLock { $0 = $0 + duration }
    }

    package var effects: Effects {
        Effects(
            now: { self.now },
            randomBytes: { count in
                self.random.withLock { random in
                    (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
                }
            }
        )
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): enough for tests, and the same on every machine.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
