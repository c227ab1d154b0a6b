extension FFmpeg {
    /// Encodes one rung of a film, H.264 and stereo AAC with a keyframe every two seconds, piece by piece, so that it
    /// can be watched, and the work can be gone on with, from each piece that is done.
    /// - Parameters:
    ///   - start: seconds of the film that were encoded before.
    ///   - work: an empty directory to write to.
    ///   - taken: an empty directory that the encoder does not see.
    ///   - onSegment: gets every segment in order, soon after it is whole. What it throws ends the work.
    ///   - onProgress: hears about every second how many seconds are done, and how fast it goes.
    /// - Throws: `DecoderFailure`; `CancellationError`.
    package func encodeSegments(
        of path: String,
        _ probe: MediaProbe,
        _ rung: Rung,
        from start: Double,
        in work: String,
        taken: String,
        onSegment: @escaping @Sendable (FilmSegment) async throws -> Void,
        onProgress: @escaping @Sendable (EncodingProgress) async throws -> Void
    ) async throws {
        guard let video = probe.video else {
            throw DecoderFailure.unsuitable(reason: "There is nothing to see in this file.")
        }
        let taker = SegmentTaker(from: work, to: taken, pool: pool, take: onSegment)
        let progress = ProgressReader { report in
            try await taker.takeFinished()
            try await onProgress(report)
        }
        // Two milliseconds before the picture that is next, lest rounding leave it out.
        let seek = max(0, start - 0.002)
        let streams = encoder(video, rung, ["-map", "0:\(video.index)"]) + sound(probe.audio, rung)
        _ = try await sandbox.run(
            SandboxCommand(.ffmpeg, input: path, output: work, limits: segmentLimits(probe)) {
                [threads = decodingThreads(for: video)] paths in
                Self.preamble + ["-progress", "pipe:1", "-stats_period", "1", "-nostats", "-threads", "\(threads)"]
                    + (seek > 0 ? ["-ss", String(seek)] : [])
                    + Self.source(probe.container) + ["-i", "file:\(paths.input)"] + streams
                    + ["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-max_muxing_queue_size", "4096"]
                    + ["-output_ts_offset", String(seek + FilmSegment.origin)] + Self.segmentMuxer(paths.output)
            },
            onLine: { line in try await progress.take(line) }
        )
        try await taker.takeFinished()
    }

    /// Without pictures that are decoded before others and shown after them: those would come later than the sound by
    /// their delay, in players that know no edit lists.
    private func encoder(_ video: MediaProbe.Stream, _ rung: Rung, _ map: [String]) -> [String] {
        let slower = (video.frameRate ?? 0) > 60 ? "fps=60," : ""
        return map + [
            "-vf", "\(slower)\(video.filters(to: rung.size)),format=yuv420p", "-fps_mode", "vfr", "-c:v", "libx264",
            "-preset", "veryfast", "-bf", "0", "-crf", "23", "-maxrate", String(rung.videoRate),
            "-bufsize", String(rung.videoRate * 2), "-profile:v", "high",
            "-force_key_frames", "expr:gte(t,n_forced*2)", "-sc_threshold", "0", "-threads", "\(threads)",
        ]
    }

    private func sound(_ audio: MediaProbe.Stream?, _ rung: Rung) -> [String] {
        guard let audio else { return [] }
        return ["-map", "0:\(audio.index)", "-c:a", "aac", "-b:a", String(rung.audioRate), "-ac", "2", "-ar", "48000"]
    }

    /// Times in the segments are those of the whole film, whichever run has made them; only so do they fit together.
    private static func segmentMuxer(_ output: String) -> [String] {
        [
            "-f", "hls", "-hls_time", String(FilmSegment.length), "-hls_list_size", "0", "-hls_segment_type", "fmp4",
            "-hls_flags", "temp_file", "-hls_segment_options", "movflags=+frag_discont+negative_cts_offsets",
            "-hls_fmp4_init_filename", "header.mp4", "-hls_segment_filename", "\(output)/%d.m4s",
            "\(output)/index.m3u8",
        ]
    }

    private func segmentLimits(_ probe: MediaProbe) -> SandboxLimits {
        let seconds = min(probe.duration ?? 14_400, 172_800)
        let wall = Int64(600 + seconds * 20)
        return SandboxLimits(
            cpuSeconds: wall * Int64(threads),
            fileSize: 1 << 30,
            wallClock: .seconds(wall),
            output: 64 * 1024
        )
    }
}
