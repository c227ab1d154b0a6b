/// One quality of a film that is encoded for browsers: a step of the ladder between weak and strong lines.
package struct Rung: Sendable, Hashable {
    package let size: PictureSize
    /// Bits a second that the picture takes at most.
    package let videoRate: Int
    /// Bits a second of the sound.
    package let audioRate: Int

    /// What is made of a film, in the order of making: first one of at most 720p, which nearly every line and every
    /// screen takes, then a small one for weak lines, then 1080p. None is larger than the film.
    package static func ladder(for video: MediaProbe.Stream) -> [Rung] {
        let whole = video.displaySize ?? PictureSize(width: 1280, height: 720)
        let short = min(whole.width, whole.height)
        var ladder = [Rung(whole, short: 720, videoRate: 4_000_000, audioRate: 128_000)]
        if short >= 540 { ladder.append(Rung(whole, short: 360, videoRate: 900_000, audioRate: 96_000)) }
        if short > 720 { ladder.append(Rung(whole, short: 1080, videoRate: 7_000_000, audioRate: 128_000)) }
        return ladder
    }

    private init(_ whole: PictureSize, short: Int, videoRate: Int, audioRate: Int) {
        size = whole.fitted(long: short * 16 / 9, short: short)
        self.videoRate = videoRate
        self.audioRate = audioRate
    }
}
