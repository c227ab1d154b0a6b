import Foundation
import Testing

/// Every page with sample values, compared byte by byte with `Snapshots/NAME.html`. After a wanted change:
/// `MEDIASHARE_RECORD=1 swift test --filter PageSnapshotTests`, and read the difference before committing it.
struct PageSnapshotTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Snapshots")
    private static let isRecording = ProcessInfo.processInfo.environment["MEDIASHARE_RECORD"] == "1"

    @Test("A page looks as it was last agreed", arguments: SamplePage.all)
    func snapshot(sample: SamplePage) throws {
        let file = Self.folder.appending(path: "\(sample.name).html")
        if Self.isRecording { try sample.html.write(to: file, atomically: true, encoding: .utf8) }
        let agreed = try String(contentsOf: file, encoding: .utf8)
        #expect(sample.html == agreed, "\(sample.name).html: record again if the change is wanted")
    }

    @Test("Every snapshot belongs to a page")
    func noLeftovers() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        let names = Set(SamplePage.all.map { "\($0.name).html" })
        #expect(files.filter { $0.hasSuffix(".html") && !names.contains($0) }.isEmpty)
    }
}
