/// Chance that can be had again: tests print the seed when something fails.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

    mutating func bytes(_ maximum: Int) -> [UInt8] {
        (0..<below(maximum + 1)).map { _ in UInt8.random(in: .min ... .max, using: &self) }
    }

    /// Text with the characters that matter to parsers, and some from far away.
    mutating func text(_ maximum: Int) -> String {
        let alphabet = Array("abcXYZ019 &=%+;\"'<>\\\r\n\tüß漢字🎬\u{7f}\u{1}-_.~/?#")
        return String((0..<below(maximum + 1)).map { _ in alphabet[below(alphabet.count)] })
    }
}
