package import Integrations

/// The programs that look into files of strangers.
package struct Decoders: Sendable {
    package let ffmpeg: FFmpeg
    package let images: Images
    package let documents: PDFDocuments

    package init(sandbox: Sandbox) {
        ffmpeg = FFmpeg(sandbox: sandbox)
        images = Images(sandbox: sandbox)
        documents = PDFDocuments(sandbox: sandbox)
    }
}

extension Decoders {
    /// Says how far the work is: a share from 0 to 1 if it is known, and what is being done.
    typealias Report = @Sendable (_ progress: Double?, _ message: String) async throws -> Void

    /// Looks at a local file and leaves in `directory` what pages show of it.
    ///
    /// A file that no decoder takes is no error: the result says what the problem is. Thrown is what another try may mend.
    func process(
        _ path: String,
        kind: MediaKind,
        contentType: String,
        in directory: String,
        report: @escaping Report
    ) async throws -> ProcessedMedia {
        do {
            switch kind {
            case .video, .audio: return try await timed(path, in: directory, report: report)
            case .image: return try await image(path, contentType: contentType, in: directory, report: report)
            case .document: return try await document(path, contentType: contentType, in: directory, report: report)
            }
        } catch let failure as DecoderFailure where failure.isFinal {
            var result = ProcessedMedia()
            result.problem = failure.message
            return result
        }
    }

    /// A picture is welcome, but no reason to hold back what can be played.
    func ifPossible(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let failure as DecoderFailure where failure.isFinal {
            return
        }
    }
}
