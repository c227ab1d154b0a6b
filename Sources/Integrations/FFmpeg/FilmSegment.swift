#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Some seconds of an encoded film: fragmented MP4 (ISO 14496-12 §8.8) that begins with a keyframe.
package struct FilmSegment: Sendable {
    /// Where its file is, until whoever is told of it returns.
    package let path: String
    /// What stands before every segment of its rung: `ftyp` and `moov`.
    package let header: [UInt8]
    /// Seconds.
    package let duration: Double

    /// Seconds that stand in segments before the film begins. Sound and reordered pictures reach back a little before
    /// their time, and times in files cannot be negative.
    package static let origin = 10.0
    /// Seconds that a segment lasts, more or less: it ends at a keyframe.
    package static let length = 6
}

/// Takes finished segments out of the directory that an encoder still writes to. They are moved away before they are
/// looked at, so that an encoder that was taken over cannot change afterwards what they are.
actor SegmentTaker {
    private let from: String
    private let to: String
    private let pool: BlockingPool
    private let take: @Sendable (FilmSegment) async throws -> Void
    private var header: [UInt8]?
    private var taken = 0
    private var isTaking = false

    init(
        from: String,
        to: String,
        pool: BlockingPool,
        take: @escaping @Sendable (FilmSegment) async throws -> Void
    ) {
        self.from = from
        self.to = to
        self.pool = pool
        self.take = take
    }

    /// Passes on what has been finished since the last time.
    func takeFinished() async throws {
        guard !isTaking else { return }
        isTaking = true
        defer { isTaking = false }
        guard let list = try await moved("index.m3u8", limit: 1 << 22) else { return }
        let durations = Self.durations(in: String(decoding: list, as: UTF8.self))
        for duration in durations.dropFirst(taken) {
            if header == nil { header = try await moved("header.mp4", limit: 1 << 16) }
            guard let header else { throw Self.nothingWritten }
            let path = try await pool.run { [from, to, taken] in
                try Self.move("\(taken).m4s", from: from, to: to)
            }
            guard let path else { throw Self.nothingWritten }
            try await take(FilmSegment(path: path, header: header, duration: duration))
            taken += 1
        }
    }

    /// ffmpeg's list names a segment once it is whole (RFC 8216 §4.3.2.1).
    static func durations(in list: String) -> [Double] {
        list.split(whereSeparator: \.isNewline).compactMap { line in
            guard line.hasPrefix("#EXTINF:") else { return nil }
            return Double(line.dropFirst("#EXTINF:".count).prefix { $0 != "," }).flatMap { $0 > 0 ? $0 : nil }
        }
    }

    private func moved(_ name: String, limit: Int) async throws -> [UInt8]? {
        try await pool.run { [from, to] in
            guard let path = try Self.move(name, from: from, to: to) else { return nil }
            return try FileHead.read(path, count: limit)
        }
    }

    /// Nil when there is no such file (yet).
    private static func move(_ name: String, from: String, to: String) throws -> String? {
        let target = "\(to)/\(name)"
        do {
            try attempt("rename") { rename("\(from)/\(name)", target) }
        } catch StorageError.notFound {
            return nil
        }
        guard try FileStatus(path: target).isRegular else { throw nothingWritten }
        return target
    }

    private static let nothingWritten = DecoderFailure.unusableResult(.ffmpeg, reason: "it wrote no film.")
}
