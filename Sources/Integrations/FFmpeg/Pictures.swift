/// JPEG files in the directory that was lent for them.
package struct Pictures: Sendable, Hashable {
    /// At most 300 × 300.
    package let thumbnail: String
    /// At most 1280 wide and high, where the source has so much.
    package let poster: String
}

extension FFmpeg {
    /// A frame from about a tenth into the film: the most telling one of the second that follows.
    /// - Throws: `DecoderFailure`.
    package func poster(of path: String, _ probe: MediaProbe, in directory: String) async throws -> Pictures {
        guard let video = probe.video else { throw Self.nothingToSee }
        let start = (probe.duration ?? 0) / 10
        do {
            return try await picture(of: path, probe, video, at: start, in: directory)
        } catch let failure as DecoderFailure where failure.isFinal && start > 0 {
            // A film that is cut short may have nothing there.
            return try await picture(of: path, probe, video, at: 0, in: directory)
        }
    }

    /// The cover that an audio file carries.
    /// - Throws: `DecoderFailure`.
    package func cover(of path: String, _ probe: MediaProbe, in directory: String) async throws -> Pictures {
        guard let cover = probe.cover else { throw Self.nothingToSee }
        return try await picture(of: path, probe, cover, at: 0, in: directory)
    }

    /// The sound as a picture of 300 × 150, for audio without a cover: of the first three hours.
    /// - Returns: the path of a JPEG in `directory`.
    /// - Throws: `DecoderFailure`.
    package func waveform(of path: String, _ probe: MediaProbe, in directory: String) async throws -> String {
        guard let audio = probe.audio else {
            throw DecoderFailure.unsuitable(reason: "There is nothing to hear in this file.")
        }
        var limits = Self.pictureLimits
        limits.cpuSeconds = 600
        limits.wallClock = .seconds(600)
        let filter =
            "color=c=0x1F2937:s=300x150[ground];[0:\(audio.index)]aformat=channel_layouts=mono,"
            + "showwavespic=s=300x150:colors=0x60A5FA:scale=sqrt[wave];[ground][wave]overlay=format=auto,format=yuvj420p"
        _ = try await sandbox.run(
            SandboxCommand(.ffmpeg, input: path, output: directory, limits: limits) { paths in
                Self.preamble + ["-t", "10800"] + Self.source(probe.container) + [
                    "-i", "file:\(paths.input)", "-filter_complex", filter, "-frames:v", "1", "-q:v", "4",
                    "-map_metadata", "-1", "-f", "image2", "-update", "1", "file:\(paths.output)/waveform.jpg",
                ]
            }
        )
        return try ProducedFile.collect("waveform.jpg", in: directory, by: .ffmpeg)
    }

    private func picture(
        of path: String,
        _ probe: MediaProbe,
        _ stream: MediaProbe.Stream,
        at start: Double,
        in directory: String
    ) async throws -> Pictures {
        guard let size = stream.displaySize else { throw Self.nothingToSee }
        let poster = size.fitted(long: 1280, short: 1280)
        let thumbnail = size.fitted(long: 300, short: 300)
        let filter =
            "[0:\(stream.index)]\(stream.filters(to: poster)),thumbnail=24,format=yuvj420p,"
            + "split[poster][rest];[rest]scale=\(thumbnail.width):\(thumbnail.height)[thumbnail]"
        let seek = start > 0 ? ["-ss", String((start * 1000).rounded() / 1000)] : []
        _ = try await sandbox.run(
            SandboxCommand(.ffmpeg, input: path, output: directory, limits: Self.pictureLimits) {
                [threads = decodingThreads(for: stream)] paths in
                Self.preamble + ["-threads", "\(threads)"] + seek + Self.source(probe.container) + [
                    "-i", "file:\(paths.input)", "-filter_complex", filter,
                ]
                    + ["poster", "thumbnail"].flatMap { name in
                        [
                            "-map", "[\(name)]", "-frames:v", "1", "-q:v", "4", "-map_metadata", "-1", "-f", "image2",
                            "-update", "1", "file:\(paths.output)/\(name).jpg",
                        ]
                    }
            }
        )
        return Pictures(
            thumbnail: try ProducedFile.collect("thumbnail.jpg", in: directory, by: .ffmpeg),
            poster: try ProducedFile.collect("poster.jpg", in: directory, by: .ffmpeg)
        )
    }

    private static let pictureLimits = SandboxLimits(
        cpuSeconds: 120,
        fileSize: 64 << 20,
        wallClock: .seconds(120)
    )

    private static let nothingToSee = DecoderFailure.unsuitable(reason: "There is nothing to see in this file.")
}
