import Foundation
import Glibc
import Testing

@testable import Integrations

@Suite("Hostile files")
struct HostileCorpusTests {
    /// All of them go to all decoders, whatever they are called: should the first look ever mistake one, the decoder
    /// still has to be harmless.
    @Test("They connect to nobody, open no other file, take little memory, and spoil nothing but their own job")
    func corpus() async throws {
        for sandbox in await Sandbox.available() {
            try await withTemporaryDirectory { directory in
                let canary = try Canary()
                let bait = try Bait(in: directory)
                let files = try await Self.files(Lure(port: canary.port, bait: bait.path))
                #expect(files.count >= 60 && Set(files.map(\.name)).count == files.count)
                let decoders = HostileRun(sandbox: sandbox)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (index, file) in files.enumerated() {
                        if index >= 4 { try await group.next() }
                        let folder = "\(directory)/\(index)"
                        group.addTask { try await decoders.look(at: file, in: folder) }
                    }
                    try await group.waitForAll()
                }
                #expect(!canary.hadVisitors)
                #expect(!bait.wasOpened && !bait.wasChanged)
                let whole = try await Images(sandbox: sandbox).inspect(Samples.shared.image("a.jpg"))
                #expect(whole.size == PictureSize(width: 800, height: 600))
            }
        }
        // The largest of all children that have ended, theirs included: 1 GiB.
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        #expect(usage.ru_maxrss < 1_048_576)
    }

    private static func files(_ lure: Lure) async throws -> [HostileFile] {
        let picture = try contents(await Samples.shared.image("a.jpg"))
        let film = try contents(await Samples.shared.path(.silent))
        return HostileTexts.all(lure) + HostilePictures.all(lure, plain: picture)
            + HostileFilms.all(lure, plain: film) + HostileDocuments.all(lure)
    }
}

/// Everything that could be done with an uploaded file.
private struct HostileRun: Sendable {
    let sandbox: Sandbox

    /// Each decoder has a result or a failure, and leaves plain files.
    func look(at file: HostileFile, in folder: String) async throws {
        let output = "\(folder)/out"
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        // With limits alone a decoder gets the path as it is. Stored files never have such names.
        let name = sandbox.status == .isolated ? file.name : "file"
        let path = "\(folder)/\(name)"
        try Data(file.bytes).write(to: URL(fileURLWithPath: path))
        let images = Images(sandbox: sandbox)
        let documents = PDFDocuments(sandbox: sandbox)
        let ffmpeg = FFmpeg(sandbox: sandbox)
        try await harmless {
            _ = try await images.inspect(path)
            _ = try await images.renditions(of: path, in: output)
        }
        try await harmless {
            _ = try await documents.inspect(path)
            _ = try await documents.firstPage(of: path, side: 300, named: "page", in: output)
        }
        try await harmless {
            let probe = try await ffmpeg.probe(path)
            _ = try await ffmpeg.poster(of: path, probe, in: output)
            _ = try await ffmpeg.convert(path, probe, by: .encodingEverything(in: probe), in: output)
        }
        let film = MediaProbe.sample(.mp4, [.sample(.video, "h264", pixels: "yuv420p")])
        try await harmless {
            _ = try await ffmpeg.convert(path, film, by: .encodingEverything(in: film), in: output)
        }
        for name in try FileManager.default.subpathsOfDirectory(atPath: output) {
            #expect(try FileStatus(path: "\(output)/\(name)").isRegular, "\(file.name) left \(name)")
            let text = String(decoding: try contents("\(output)/\(name)"), as: UTF8.self)
            #expect(!text.contains(Bait.secret), "\(file.name) told the secret")
        }
    }

    private func harmless(_ body: () async throws -> Void) async throws {
        do { try await body() } catch is DecoderFailure {}
    }
}

/// A file that nobody has a reason to open, and that notices when somebody does.
private final class Bait {
    static let secret = "the bait's secret"
    let path: String
    private let watch: Int32

    init(in directory: String) throws {
        path = "\(directory)/bait.ts"
        try Data(Self.secret.utf8).write(to: URL(fileURLWithPath: path))
        watch = inotify_init1(Int32(IN_NONBLOCK))
        try #require(inotify_add_watch(watch, path, UInt32(IN_OPEN | IN_ACCESS | IN_ATTRIB)) != -1)
    }

    deinit { close(watch) }

    var wasOpened: Bool {
        var event = [UInt8](repeating: 0, count: 4096)
        return read(watch, &event, event.count) > 0
    }

    var wasChanged: Bool { (try? contents(path)) != Array(Self.secret.utf8) }
}
