import Foundation

@testable import Web

/// A certificate for `localhost` and its key, made for these tests and used nowhere else.
enum TestCertificate {
    /// Writes both as files, for the length of `body`.
    static func withFiles<T>(_ body: (TLSFiles) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = TLSFiles(
            certificateChain: folder.appending(path: "chain.pem").path,
            privateKey: folder.appending(path: "key.pem").path
        )
        try chain.write(toFile: files.certificateChain, atomically: true, encoding: .utf8)
        try key.write(toFile: files.privateKey, atomically: true, encoding: .utf8)
        return try await body(files)
    }

    static let chain = """
        -----BEGIN CERTIFICATE-----
        MIIBZjCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
        c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
        CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPB6HpZUXeATm0XJ
        1AzY7UXVqr8iiShDWMp72TZXalQ+JMvmuoxDFd3is3KqJpu45+y7Kr0cvDF7Hb3p
        u5Ok6dSjTjBMMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E
        BTADAQH/MB0GA1UdDgQWBBQi6xQRqR0VOjMqK50Zrw5YH8ZorzAKBggqhkjOPQQD
        AgNHADBEAiAaxhzbTsGoWXFH2Ls5psC/DTyYtiZ5mKuySUb9kR6dHgIgUQDl+Iwn
        W4gAQM8nws89kBzvra+mUjJ/j2N1PbbnKS0=
        -----END CERTIFICATE-----

        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgDaQOA1PCW9yAKMng
        MlCe/15rlfEx304JG4c0yPbxYzKhRANCAATweh6WVF3gE5tFydQM2O1F1aq/Ioko
        Q1jKe9k2V2pUPiTL5rqMQxXd4rNyqiabuOfsuyq9HLwxex296buTpOnU
        -----END PRIVATE KEY-----

        """
}
