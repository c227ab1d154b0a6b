import Hummingbird
import NIOCore

@testable import Web

/// Uploads in memory, each seen by its owner alone.
actor MemoryUploadStore: ResumableUploadStore {
    private struct Entry {
        var owner: String
        var length: Int64?
        var metadata: String
        var bytes: [UInt8] = []
    }

    private var entries: [String: Entry] = [:]
    private let maximum: Int64?

    init(maximum: Int64? = 1_000_000) { self.maximum = maximum }

    func maximumSize() -> Int64? { maximum }

    func bytes(_ id: String) -> [UInt8]? { entries[id]?.bytes }

    var count: Int { entries.count }

    func create(_ new: NewResumableUpload, by caller: String) -> ResumableUpload {
        let id = "u\(entries.count + 1)"
        entries[id] = Entry(owner: caller, length: new.length, metadata: new.metadata.header)
        return upload(id, entries[id])
    }

    func find(_ id: String, by caller: String) throws -> ResumableUpload {
        guard let entry = entries[id], entry.owner == caller else { throw RequestProblem.uploadNotFound }
        return upload(id, entry)
    }

    func append(_ chunk: ResumableChunk, to id: String, by caller: String) async throws -> ResumableUpload {
        guard try find(id, by: caller).offset == chunk.offset else { throw RequestProblem.uploadOffsetConflict }
        if let length = chunk.uploadLength { entries[id]?.length = length }
        let before = entries[id]?.bytes ?? []
        do {
            for try await piece in chunk.body { entries[id]?.bytes += piece.readableBytesView }
        } catch {
            if chunk.isAllOrNothing { entries[id]?.bytes = before }
            throw error
        }
        return try find(id, by: caller)
    }

    func terminate(_ id: String, by caller: String) throws {
        _ = try find(id, by: caller)
        entries[id] = nil
    }

    private func upload(_ id: String, _ entry: Entry?) -> ResumableUpload {
        let length = entry?.length
        let offset = Int64(entry?.bytes.count ?? 0)
        return ResumableUpload(
            id: id,
            offset: offset,
            length: length,
            metadata: entry?.metadata ?? "",
            expires: HTTPDate(secondsSince1970: 784_111_777),
            media: offset == length ? Link(path: "media", id) : nil
        )
    }
}
