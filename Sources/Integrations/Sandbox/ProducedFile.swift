/// What a decoder left in its directory. A decoder that was taken over could leave links or pipes there.
enum ProducedFile {
    /// The path of the file that `tool` was to write, once it is known to be a regular file with content.
    static func collect(_ name: String, in directory: String, by tool: Tool) throws(DecoderFailure) -> String {
        let path = "\(directory)/\(name)"
        guard let status = try? FileStatus(path: path), status.isRegular, status.size > 0 else {
            throw .unusableResult(tool, reason: "it wrote nothing.")
        }
        return path
    }
}
