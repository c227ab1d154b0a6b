import CFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Size, time and kind of a file, without following links.
struct FileStatus {
    private let status: file_status

    init(descriptor: Int32) throws(StorageError) {
        var status = file_status()
        guard file_status_get(descriptor, &status) else { throw StorageError("fstat", errno: errno) }
        self.status = status
    }

    init(path: String) throws(StorageError) {
        var status = file_status()
        guard file_status_of_path(path, &status) else { throw StorageError("lstat", errno: errno) }
        self.status = status
    }

    /// Bytes.
    var size: Int64 { status.size }
    /// Milliseconds since 1970-01-01 UTC.
    var modified: Int64 { status.modified_milliseconds }
    var isRegular: Bool { status.is_regular }
    var isDirectory: Bool { status.is_directory }
    var isLink: Bool { status.is_link }
}
