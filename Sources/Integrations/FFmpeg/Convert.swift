extension FFmpeg {
    /// Converts a file for browsers: copies the streams that they play and encodes the others, video to H.264 of at
    /// most 720p with a keyframe every two seconds, audio to stereo AAC.
    ///
    /// An MP4 gets its index at the front, so that it plays from the first bytes on and any browser can seek in it by
    /// ranges.
    /// - Parameters:
    ///   - directory: where the result goes.
    ///   - onProgress: hears about every second how far it is; when it throws, the work is ended and the error passed on.
    /// - Returns: the path of the result in `directory`.
    /// - Throws: `DecoderFailure`; `CancellationError`.
    package func convert(
        _ path: String,
        _ probe: MediaProbe,
        by conversion: Conversion,
        in directory: String,
        onProgress: @escaping @Sendable (EncodingProgress) async throws -> Void = { _ in }
    ) async throws -> String {
        let reserved = IndexPlacement.reserved(for: probe, conversion)
        do {
            return try await convert(path, probe, conversion, index: reserved, in: directory, onProgress: onProgress)
        } catch DecoderFailure.refused(_, _, _) where reserved != .movedToFront {
            return try await convert(
                path,
                probe,
                conversion,
                index: .movedToFront,
                in: directory,
                onProgress: onProgress
            )
        }
    }

    func convert(
        _ path: String,
        _ probe: MediaProbe,
        _ conversion: Conversion,
        index: IndexPlacement,
        in directory: String,
        onProgress: @escaping @Sendable (EncodingProgress) async throws -> Void
    ) async throws -> String {
        let name = "web.\(conversion.fileExtension)"
        let streams = streamArguments(probe, conversion)
        let progress = ProgressReader(report: onProgress)
        _ = try await sandbox.run(
            SandboxCommand(.ffmpeg, input: path, output: directory, limits: limits(probe, conversion)) {
                [threads = decodingThreads(for: probe.video)] paths in
                Self.preamble + ["-progress", "pipe:1", "-stats_period", "1", "-nostats", "-threads", "\(threads)"]
                    + Self.source(probe.container) + ["-i", "file:\(paths.input)"] + streams
                    + ["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-max_muxing_queue_size", "4096"]
                    + conversion.muxer(index) + ["file:\(paths.output)/\(name)"]
            },
            onLine: { line in try await progress.take(line) }
        )
        return try ProducedFile.collect(name, in: directory, by: .ffmpeg)
    }

    private func streamArguments(_ probe: MediaProbe, _ conversion: Conversion) -> [String] {
        var words: [String] = []
        if let way = conversion.video, let video = probe.video {
            words += ["-map", "0:\(video.index)"] + (way == .copy ? ["-c:v", "copy"] : encoder(for: video))
        }
        if let way = conversion.audio, let audio = probe.audio {
            words += ["-map", "0:\(audio.index)"]
            words += way == .copy ? ["-c:a", "copy"] : ["-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"]
        }
        return words
    }

    private func encoder(for video: MediaProbe.Stream) -> [String] {
        let size = (video.displaySize ?? PictureSize(width: 1280, height: 720)).fitted(long: 1280, short: 720)
        let slower = (video.frameRate ?? 0) > 60 ? "fps=60," : ""
        return [
            "-vf", "\(slower)\(video.filters(to: size)),format=yuv420p", "-c:v", "libx264",
            "-preset", "veryfast", "-crf", "23", "-maxrate", "4M", "-bufsize", "8M", "-profile:v", "high",
            "-force_key_frames", "expr:gte(t,n_forced*2)", "-sc_threshold", "0", "-threads", "\(threads)",
        ]
    }

    /// In proportion to what there is to do; where nobody knows how long the film is, as for four hours.
    private func limits(_ probe: MediaProbe, _ conversion: Conversion) -> SandboxLimits {
        let seconds = min(probe.duration ?? 14_400, 172_800)
        let wall = Int64(600 + seconds * (conversion.isRemux ? 0.5 : 20))
        return SandboxLimits(
            cpuSeconds: wall * Int64(threads),
            fileSize: 256 << 30,
            wallClock: .seconds(wall),
            output: 64 * 1024
        )
    }
}

extension Conversion {
    var fileExtension: String {
        switch target {
        case .mp4: "mp4"
        case .webm: "webm"
        case .m4a: "m4a"
        }
    }

    fileprivate func muxer(_ index: IndexPlacement) -> [String] {
        switch target {
        case .mp4, .m4a: index.arguments + ["-f", "mp4"]
        case .webm: ["-f", "webm"]
        }
    }
}
