import Foundation

/// The key that signs cookies and links, made once and kept with mode 0600 beside the data.
struct SecretKeyFile {
    let folder: String

    func readOrMake() throws -> [UInt8] {
        let path = folder + "/secret-key"
        if let text = try? String(contentsOfFile: path, encoding: .utf8), text.utf8.count >= 32 {
            return Array(text.utf8)
        }
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let key = Effects.live.secret()
        // Two programs that start at once: the one whose link succeeds decides, and both read the same key.
        let draft = path + "." + Effects.live.publicID()
        guard files.createFile(atPath: draft, contents: Data(key.utf8), attributes: [.posixPermissions: 0o600]) else {
            throw CocoaError(.fileWriteNoPermission)
        }
        defer { try? files.removeItem(atPath: draft) }
        do { try files.linkItem(atPath: draft, toPath: path) } catch CocoaError.fileWriteFileExists {}
        return Array(try String(contentsOfFile: path, encoding: .utf8).utf8)
    }
}
