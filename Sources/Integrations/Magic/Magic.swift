import CMagic
import Synchronization

/// What a file is by its first bytes, whatever it is called: libmagic's MIME types.
///
/// The database is loaded once. A libmagic cookie serves one call at a time, so a few of them take turns.
package final class Magic: Sendable {
    private let cookies: [SharedCookie]
    private let turn = Atomic(0)
    private let pool: BlockingPool

    /// How much of a file is worth looking at: the formats that matter say what they are within this.
    package static let prefix = 256 * 1024

    /// - Throws: `MagicError` when libmagic's database is missing or broken.
    package init(parallel: Int = 2) throws(MagicError) {
        cookies = try (0..<max(1, parallel)).map { _ throws(MagicError) in try SharedCookie() }
        pool = BlockingPool(threads: cookies.count)
    }

    /// The MIME type of content that begins with `bytes`, for example `video/mp4`; `application/octet-stream` where
    /// libmagic knows no better, `application/x-empty` for nothing at all.
    package func mimeType(of bytes: [UInt8]) async throws -> String {
        // libmagic has no opinion about a single byte.
        if bytes.count == 1, bytes.allSatisfy(Self.isText) { return "text/plain" }
        let answer = try await pool.run { [self] in
            try bytes.withUnsafeBytes { bytes throws(MagicError) in
                try ask { handle in magic_buffer(handle, bytes.baseAddress, min(bytes.count, Self.prefix)) }
            }
        }
        // What television sends has no beginning, and libmagic looks for one.
        return answer == "application/octet-stream" && Container.sniff(bytes) == .mpegTS ? "video/mp2t" : answer
    }

    /// The MIME type of the file at `path`. A link is not followed.
    package func mimeType(ofFileAt path: String) async throws -> String {
        try await pool.run { [self] in
            try ask { handle in magic_file(handle, path) }
        }
    }

    /// Printable ASCII, a tab or an end of line.
    private static func isText(_ byte: UInt8) -> Bool {
        (0x20..<0x7f).contains(byte) || [0x09, 0x0a, 0x0d].contains(byte)
    }

    private func ask(_ question: (magic_t) -> UnsafePointer<CChar>?) throws(MagicError) -> String {
        let index = turn.wrappingAdd(1, ordering: .relaxed).oldValue & Int.max
        return try cookies[index % cookies.count].lock.withLock { cookie throws(MagicError) in
            guard let answer = question(cookie.handle) else { throw cookie.error }
            return String(cString: answer)
        }
    }
}
