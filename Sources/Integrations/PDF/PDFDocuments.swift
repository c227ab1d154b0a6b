/// PDF files of strangers through poppler's programs, in the sandbox.
package struct PDFDocuments: Sendable {
    package struct Facts: Sendable, Hashable {
        package let pages: Int
    }

    private let sandbox: Sandbox

    package init(sandbox: Sandbox) {
        self.sandbox = sandbox
    }

    /// - Throws: `DecoderFailure`, also for documents that open only with a password.
    package func inspect(_ path: String) async throws -> Facts {
        let report = try await sandbox.run(
            SandboxCommand(.pdfinfo, input: path, limits: Self.limits) { paths in [paths.input] }
        )
        let lines = String(decoding: report, as: UTF8.self).split(whereSeparator: \.isNewline)
        // A title may say "Pages: 7" as well, but begins its own line with "Title:".
        let line = lines.last { $0.hasPrefix("Pages:") }
        guard let line, let pages = Int(line.dropFirst(6).filter { $0 != " " }), pages > 0 else {
            throw DecoderFailure.unusableResult(.pdfinfo, reason: "it names no number of pages.")
        }
        return Facts(pages: pages)
    }

    /// The first page as a JPEG whose longer side has `side` pixels.
    /// - Parameter name: of the file in `directory`, without extension.
    /// - Returns: its path.
    /// - Throws: `DecoderFailure`.
    package func firstPage(of path: String, side: Int, named name: String, in directory: String) async throws -> String
    {
        try await sandbox.run(
            SandboxCommand(.pdftoppm, input: path, output: directory, limits: Self.limits) { paths in
                [
                    "-q", "-jpeg", "-jpegopt", "quality=82,optimize=y", "-f", "1", "-l", "1", "-singlefile",
                    "-scale-to", "\(side)", paths.input, "\(paths.output)/\(name)",
                ]
            }
        )
        return try ProducedFile.collect("\(name).jpg", in: directory, by: .pdftoppm)
    }

    private static let limits = SandboxLimits(cpuSeconds: 60, wallClock: .seconds(60), output: 1 << 20)
}
