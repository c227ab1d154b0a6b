import Crypto
import Foundation
import NIOCore

/// What `Upload-Checksum` says about the body that it comes with.
struct UploadChecksum: Sendable, Hashable {
    enum Algorithm: String, Sendable, CaseIterable {
        case sha1
        case sha256

        var byteCount: Int {
            switch self {
            case .sha1: Insecure.SHA1.Digest.byteCount
            case .sha256: SHA256.Digest.byteCount
            }
        }
    }

    let algorithm: Algorithm
    let digest: [UInt8]

    /// For OPTIONS.
    static let algorithms = Algorithm.allCases.map(\.rawValue).joined(separator: ",")

    /// The algorithm's name, one space, the digest in Base64 with padding (RFC 4648 section 4).
    init(_ header: String) throws(RequestProblem) {
        let parts = header.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let algorithm = Algorithm(rawValue: String(parts[0])),
            let digest = Data(base64Encoded: String(parts[1])), digest.base64EncodedString() == parts[1],
            digest.count == algorithm.byteCount
        else { throw .uploadChecksum }
        self.algorithm = algorithm
        self.digest = Array(digest)
    }
}

/// A checksum that is compared when all bytes have come.
struct RunningChecksum: Sendable {
    private enum Hash {
        case sha1(Insecure.SHA1)
        case sha256(SHA256)
    }

    private var hash: Hash
    private let expected: [UInt8]

    init(_ checksum: UploadChecksum) {
        expected = checksum.digest
        hash =
            switch checksum.algorithm {
            case .sha1: .sha1(Insecure.SHA1())
            case .sha256: .sha256(SHA256())
            }
    }

    mutating func update(_ bytes: ByteBuffer) {
        bytes.withUnsafeReadableBytes { bytes in
            switch hash {
            case .sha1(var running):
                running.update(bufferPointer: bytes)
                hash = .sha1(running)
            case .sha256(var running):
                running.update(bufferPointer: bytes)
                hash = .sha256(running)
            }
        }
    }

    var matches: Bool {
        switch hash {
        case .sha1(let running): Array(running.finalize()) == expected
        case .sha256(let running): Array(running.finalize()) == expected
        }
    }
}
