/// Where the bytes of media live. Local disk now; shaped so that an object store fits as well: nothing here promises
/// that a stored file has a path, and a file is published whole or not at all.
package protocol Storage: Sendable {
    /// Where files lie while they grow: uploads and what decoders write. Always a local directory.
    var staging: StagingArea { get }

    /// Makes the finished local file at `path` the content of `key`, durably, and consumes the file: once this returns
    /// the bytes survive a power cut under `key`, before that `key` has its old content or none.
    ///
    /// May be repeated after a crash: when the file is gone and `key` exists, it was published before.
    /// - Throws: `StorageError.full`, `.notFound` when there is neither a file nor a key, `.failed`.
    func publish(_ path: String, as key: StorageKey) async throws

    /// Opens `key` for reading.
    /// - Throws: `StorageError.notFound`.
    func open(_ key: StorageKey) async throws -> OpenedFile

    /// Lends a local file with the content of `key`, for programs that need a path; an object store fetches it first.
    /// The file must not be changed, and the path means nothing once `body` has returned.
    func withLocalFile<Result: Sendable>(
        _ key: StorageKey,
        _ body: @Sendable (_ path: String) async throws -> Result
    ) async throws -> Result

    /// Removes `key`; what does not exist is removed already.
    func delete(_ key: StorageKey) async throws

    func exists(_ key: StorageKey) async throws -> Bool

    /// Bytes that can still be stored, less those kept in reserve, or nil where there is no such bound.
    func freeSpace() async throws -> Int64?
}
