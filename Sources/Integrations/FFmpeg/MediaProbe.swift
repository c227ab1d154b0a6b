/// What a media file holds, as ffprobe reports it.
package struct MediaProbe: Sendable, Hashable {
    package let container: Container
    /// Seconds, where the file says or ffprobe could estimate it.
    package let duration: Double?
    /// Bits a second over everything.
    package let bitRate: Int64?
    package let tags: [String: String]
    package let streams: [Stream]

    package struct Stream: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable { case video, audio, subtitle, data, attachment }

        package let index: Int
        package let kind: Kind
        /// ffmpeg's name of the codec; `unknown` where it has none.
        package let codec: String
        package let profile: String?
        package let pixelFormat: String?
        /// Stored pixels, before rotation.
        package let width: Int?
        package let height: Int?
        /// Width of a pixel divided by its height.
        package let pixelAspect: Double
        /// Clockwise degrees to turn the picture for showing: 0, 90, 180 or 270.
        package let rotation: Int
        /// Whether each picture holds two half pictures of different moments, as old television has it.
        package let isInterlaced: Bool
        /// Nil for pictures that any screen shows.
        package let highDynamicRange: HighDynamicRange?
        /// Pictures a second.
        package let frameRate: Double?
        package let sampleRate: Int?
        package let channels: Int?
        package let bitRate: Int64?
        package let language: String?
        package let title: String?
        package let isDefault: Bool
        /// A cover, which is a video stream of one picture.
        package let isAttachedPicture: Bool
    }

    /// The stream that a player shows.
    package var video: Stream? { preferred(streams.filter { $0.kind == .video && !$0.isAttachedPicture }) }
    /// The stream that a player plays.
    package var audio: Stream? { preferred(streams.filter { $0.kind == .audio }) }
    package var cover: Stream? { streams.first { $0.kind == .video && $0.isAttachedPicture } }

    private func preferred(_ streams: [Stream]) -> Stream? { streams.first(where: \.isDefault) ?? streams.first }
}

extension MediaProbe.Stream {
    /// The size at which the picture is meant to be seen: square pixels, the right way up.
    package var displaySize: PictureSize? {
        guard let width, let height, width > 0, height > 0 else { return nil }
        let wide = PictureSize(width: max(1, Int((Double(width) * pixelAspect).rounded())), height: height)
        return rotation == 90 || rotation == 270 ? PictureSize(width: wide.height, height: wide.width) : wide
    }
}
