/// Pixels across and down.
package struct PictureSize: Sendable, Hashable {
    package let width: Int
    package let height: Int

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The largest size of the same shape whose longer side is at most `long` and shorter at most `short`: never
    /// larger than this one, and even on both sides, as video codecs want it.
    package func fitted(long: Int, short: Int) -> PictureSize {
        let scale = min(
            1,
            Double(long) / Double(max(width, height)),
            Double(short) / Double(min(width, height))
        )
        return PictureSize(width: Self.even(Double(width) * scale), height: Self.even(Double(height) * scale))
    }

    /// Down to an even number, as rounding up could go over a bound; at least 2.
    private static func even(_ value: Double) -> Int {
        max(2, Int((value + 0.001).rounded(.down)) / 2 * 2)
    }
}
