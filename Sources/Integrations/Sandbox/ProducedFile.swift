#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a decoder left in its directory. A decoder that was taken over could leave links or pipes there.
enum ProducedFile {
    /// The path of the file that `tool` was to write, once it is known to be a regular file with content.
    static func collect(_ name: String, in directory: String, by tool: Tool) throws(DecoderFailure) -> String {
        let path = "\(directory)/\(name)"
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
            throw .unusableResult(tool, reason: "it wrote nothing.")
        }
        return path
    }

    /// Whether there is such a file.
    static func exists(_ name: String, in directory: String) -> Bool {
        var status = stat()
        return lstat("\(directory)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size > 0
    }
}
