/// Pictures of strangers through libvips' programs, in the sandbox.
package struct Images: Sendable {
    private let sandbox: Sandbox
    private let maxPixels: Int

    /// - Parameter maxPixels: larger pictures are refused by their header.
    package init(sandbox: Sandbox, maxPixels: Int = 200_000_000) {
        self.sandbox = sandbox
        self.maxPixels = maxPixels
    }

    /// Reads the header of an image, and refuses what would be too large to decode.
    /// - Throws: `DecoderFailure`.
    package func inspect(_ path: String) async throws -> ImageFacts {
        let report = try await sandbox.run(
            SandboxCommand(.vipsheader, input: path, limits: Self.limits) { paths in ["-a", paths.input] }
        )
        let facts = try ImageFacts(report)
        guard Self.loaders.contains(facts.loader) else {
            throw DecoderFailure.unsuitable(reason: "This is no kind of image that is known here.")
        }
        let (pixels, overflow) = facts.size.width.multipliedReportingOverflow(by: facts.size.height)
        guard !overflow, pixels <= maxPixels else {
            throw DecoderFailure.unsuitable(
                reason:
                    "This image has \(facts.size.width) × \(facts.size.height) pixels, more than can be opened here."
            )
        }
        return facts
    }

    /// A JPEG that fits into `side` × `side` pixels, never enlarged, the right way up, in sRGB, without metadata and on
    /// white where the image is transparent; of an animation the first picture.
    ///
    /// Call `inspect` first: this decodes whatever it is given.
    /// - Parameter name: of the file in `directory`, without extension.
    /// - Returns: its path.
    /// - Throws: `DecoderFailure`.
    package func rendition(of path: String, side: Int, named name: String, in directory: String) async throws -> String
    {
        try await sandbox.run(
            SandboxCommand(.vipsthumbnail, input: path, output: directory, limits: Self.limits) { paths in
                [
                    "--size", "\(side)x\(side)>", "--eprofile", "srgb", "-o",
                    "\(paths.output)/\(name).jpg[Q=82,strip,optimize_coding,background=255]", paths.input,
                ]
            }
        )
        return try ProducedFile.collect("\(name).jpg", in: directory, by: .vipsthumbnail)
    }

    /// The picture for lists, at most 300 × 300, and the one to look at, at most 1600 × 1600, both in `directory`.
    /// - Throws: `DecoderFailure`.
    package func renditions(
        of path: String,
        in directory: String
    ) async throws -> (thumbnail: String, display: String) {
        let display = try await rendition(of: path, side: 1600, named: "display", in: directory)
        return (try await rendition(of: display, side: 300, named: "thumbnail", in: directory), display)
    }

    /// Loaders whose authors hold them fit for files of strangers.
    private static let loaders: Set = ["jpegload", "pngload", "gifload", "webpload", "tiffload", "heifload", "jxlload"]

    private static let limits = SandboxLimits(memory: 3 << 30, cpuSeconds: 60, wallClock: .seconds(60), output: 8 << 20)
}
