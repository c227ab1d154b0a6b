/// Pictures of strangers through libvips' programs, in the sandbox.
package struct Images: Sendable {
    private let sandbox: Sandbox
    private let maxPixels: Int
    private let modules = ImageModules()

    /// - Parameter maxPixels: larger pictures are refused by their header.
    package init(sandbox: Sandbox, maxPixels: Int = 200_000_000) {
        self.sandbox = sandbox
        self.maxPixels = maxPixels
    }

    /// Reads the header of an image, and refuses what would be too large to decode.
    /// - Throws: `DecoderFailure`.
    package func inspect(_ path: String) async throws -> ImageFacts {
        let report = try await sandbox.run(
            SandboxCommand(
                .vipsheader,
                input: path,
                limits: Self.limits,
                covers: try await modules.covers(for: path)
            ) { paths in [["-a", paths.input]] }
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

    /// The picture for lists, at most 300 × 300, and the one to look at, at most 1600 × 1600, both in `directory`: JPEG,
    /// never enlarged, the right way up, in sRGB, without metadata and on white where the image is transparent; of an
    /// animation the first picture.
    ///
    /// Call `inspect` first: this decodes whatever it is given.
    /// - Throws: `DecoderFailure`.
    package func renditions(
        of path: String,
        in directory: String
    ) async throws -> (thumbnail: String, display: String) {
        try await sandbox.run(
            SandboxCommand(
                .vipsthumbnail,
                input: path,
                output: directory,
                limits: Self.limits,
                covers: try await modules.covers(for: path)
            ) { paths in
                // The small one is made of the large one, which takes a twentieth of the time.
                let display = "\(paths.output)/display.jpg"
                return [
                    Self.thumbnail(of: paths.input, side: 1600, as: display),
                    Self.thumbnail(of: display, side: 300, as: "\(paths.output)/thumbnail.jpg"),
                ]
            }
        )
        return (
            try ProducedFile.collect("thumbnail.jpg", in: directory, by: .vipsthumbnail),
            try ProducedFile.collect("display.jpg", in: directory, by: .vipsthumbnail)
        )
    }

    private static func thumbnail(of input: String, side: Int, as output: String) -> [String] {
        [
            "--size", "\(side)x\(side)>", "--eprofile", "srgb", "-o",
            "\(output)[Q=82,strip,optimize_coding,background=255]", input,
        ]
    }

    /// Loaders whose authors hold them fit for files of strangers.
    private static let loaders: Set = ["jpegload", "pngload", "gifload", "webpload", "tiffload", "heifload", "jxlload"]

    private static let limits = SandboxLimits(cpuSeconds: 60, wallClock: .seconds(60), output: 8 << 20)
}
