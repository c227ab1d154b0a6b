import Testing

@testable import Integrations

@Suite("High dynamic range")
struct HighDynamicRangeTests {
    /// A grey of 509 of 1023 is 100 cd/m² by PQ, which white paper has on usual screens, and some 40 by HLG.
    @Test(
        "A film becomes one for usual screens, as bright as it was meant, and so does its poster",
        arguments: [(HighDynamicRange.perceptualQuantizer, 214.0), (.hybridLogGamma, 186)]
    )
    func toneMapped(_ curve: HighDynamicRange, _ brightness: Double) async throws {
        try await withTemporaryDirectory { directory in
            let ffmpeg = FFmpeg(sandbox: await Sandbox.detect())
            let path = "\(directory)/film.mp4"
            let grey = "color=s=160x120:r=10:d=1,format=yuv420p10le,geq=lum=509:cb=512:cr=512"
            try run(
                "ffmpeg",
                ["-nostdin", "-v", "error", "-f", "lavfi", "-i", grey, "-c:v", "libx265", "-preset", "ultrafast"]
                    + ["-x265-params", "log-level=none", "-color_trc", curve.rawValue, path]
            )
            let probe = try await ffmpeg.probe(path)
            #expect(probe.video?.highDynamicRange == curve)
            let result = try await ffmpeg.convert(path, probe, by: .encodingEverything(in: probe), in: directory)
            #expect(try await ffmpeg.probe(result).video?.highDynamicRange == nil)
            // Films keep between 16 and 235 what JPEG spreads over all numbers.
            #expect(abs(try luma(of: result) - brightness * 219 / 255 - 16) < 4)
            let pictures = try await ffmpeg.poster(of: path, probe, in: directory)
            for picture in [pictures.poster, pictures.thumbnail] {
                #expect(abs(try luma(of: picture) - brightness) < 5)
            }
        }
    }

    /// The mean of the first picture's brightness, as it is stored.
    private func luma(of path: String) throws -> Double {
        let report = try run(
            "ffprobe",
            ["-v", "error", "-f", "lavfi", "-i", "movie=\(path),signalstats", "-read_intervals", "%+#1"]
                + ["-show_entries", "frame_tags=lavfi.signalstats.YAVG", "-of", "csv=p=0"]
        )
        return try #require(report.split(whereSeparator: \.isNewline).first.flatMap { Double($0) })
    }
}
