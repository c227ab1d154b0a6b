import Foundation

/// ffmpeg and ffprobe on files of strangers: always in the sandbox, with the one demuxer that the file's first bytes
/// call for, and with no protocol but files.
package struct FFmpeg: Sendable {
    let sandbox: Sandbox
    let threads: Int
    let pool = BlockingPool(threads: 2)

    /// More pixels than any picture or film of today has; a frame of that size would take 400 MB.
    static let maxPixels = 134_217_728

    package init(sandbox: Sandbox) {
        self.sandbox = sandbox
        threads = min(8, ProcessInfo.processInfo.activeProcessorCount)
    }

    /// Looks into the file at `path`.
    /// - Throws: `DecoderFailure`: `.unsuitable` when it is no container that is known here.
    package func probe(_ path: String) async throws -> MediaProbe {
        let head = try await pool.run { try FileHead.read(path, count: Container.prefix) }
        guard let container = Container.sniff(head) else {
            throw DecoderFailure.unsuitable(reason: "This is no kind of video or audio that is known here.")
        }
        let limits = SandboxLimits(cpuSeconds: 30, fileSize: 1 << 20, wallClock: .seconds(60))
        let json = try await sandbox.run(
            SandboxCommand(.ffprobe, input: path, limits: limits) { paths in
                ["-hide_banner", "-v", "error"] + Self.guards + Self.source(container) + [
                    "-show_format", "-show_streams", "-of", "json", "file:\(paths.input)",
                ]
            }
        )
        let probe = try MediaProbe(json, container: container)
        guard !probe.streams.isEmpty else {
            throw DecoderFailure.unsuitable(reason: "There is nothing to see or to hear in this file.")
        }
        return probe
    }

    /// Each thread that decodes holds pictures of its own; of 8K there would soon be more than memory.
    func decodingThreads(for video: MediaProbe.Stream?) -> Int {
        let isLarge = Double(video?.width ?? 0) * Double(video?.height ?? 0) > 10_000_000
        return isLarge ? min(threads, 2) : threads
    }

    /// Bounds on single allocations, for both programs.
    static let guards = ["-max_alloc", "1073741824"]

    /// What stands before an input: which protocols and which demuxer, and how large a picture may be.
    static func source(_ container: Container) -> [String] {
        ["-protocol_whitelist", "file,pipe", "-max_pixels", String(maxPixels), "-f", container.demuxer]
    }

    /// What every run of ffmpeg begins with.
    static let preamble = ["-nostdin", "-hide_banner", "-v", "error", "-y"] + guards
}
