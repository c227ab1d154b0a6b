#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What can go wrong with stored bytes.
package enum StorageError: Error, Sendable, Hashable {
    /// No room, or the quota of the file system's user is used up.
    case full
    case notFound
    /// A staging file of that id exists.
    case exists
    /// The file was closed, or an operation on it needed more than it holds.
    case closed
    /// Bytes were to go to another place than the end of the file, which is at `size`.
    case wrongOffset(size: Int64)
    /// The operating system refused; for the log.
    case failed(operation: String, errno: Int32)

    init(_ operation: String, errno code: Int32) {
        self =
            switch code {
            case ENOSPC, EDQUOT: .full
            case ENOENT: .notFound
            case EEXIST: .exists
            default: .failed(operation: operation, errno: code)
            }
    }
}

/// Makes a system call until no signal interrupts it; -1 becomes an error named after `operation`.
@discardableResult
func attempt<Result: SignedInteger>(_ operation: String, _ call: () -> Result) throws(StorageError) -> Result {
    while true {
        let result = call()
        if result != -1 { return result }
        let code = errno
        guard code == EINTR else { throw StorageError(operation, errno: code) }
    }
}
