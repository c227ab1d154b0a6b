import Testing

@testable import Integrations

@Suite("Storage keys")
struct StorageKeyTests {
    @Test("A new key is media type, owner and chance")
    func newKey() throws {
        let key = try StorageKey(mediaType: "video", owner: 42, random: [0, 1, 254] + Array(repeating: 171, count: 13))
        #expect(key.text == "video/42/0001feababababababababababababab")
        #expect(try StorageKey(key.text) == key)
    }

    @Test(
        "What could leave the folder or surprise a file system is no key",
        arguments: [
            "", "/", "//", "video/42", "video/42/", "video//0123456789abcdef", "/42/0123456789abcdef",
            "../42/0123456789abcdef", "video/../0123456789abcdef", "video/42/..", "video/42/../../etc/passwd",
            "video/42/0123456789abcde/", "video/42/0123456789abcdef/x", "video/42/0123456789abcde\0",
            "video/42/0123456789abcde.", "Video/42/0123456789abcdef", "video/-1/0123456789abcdef",
            "video/42/0123456789abcd\u{e9}", "video/42/short", ".staging/42/0123456789abcdef",
            "video/42/" + String(repeating: "a", count: 129), "video/12345678901234567890/0123456789abcdef",
        ]
    )
    func noKey(_ text: String) {
        #expect(throws: InvalidStorageKey()) { try StorageKey(text) }
    }

    @Test(
        "Staging ids are harmless names",
        arguments: ["", "short", "../../etc", "a/bcdefgh", "12345678.", "ünïcode-"]
    )
    func noStagingID(_ text: String) {
        #expect(throws: InvalidStorageKey()) { try StagingID(text) }
    }
}
