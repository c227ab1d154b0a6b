import Core
import Persistence
import TestSupport
import Testing

@Suite("Media types")
struct MediaTypesTests {
    @Test("The seeded types know what a file's name promises", arguments: Engine.available)
    func expected(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let types = try await MediaTypes(database: database, effects: .live).all()
            #expect(types.map(\.kind) == [.video, .audio, .image, .document])
            #expect(types.expected(for: "Film.MP4")?.kind == .video)
            #expect(types.expected(for: "a.b.jpeg")?.format.contentType == "image/jpeg")
            #expect(types.expected(for: "notes.txt")?.format.accepts("text/x-c") == true)
            for name in ["", ".", ".mp4", "film.", "film", "run.exe", "film.mp4.exe", "a.m p4"] {
                #expect(types.expected(for: name) == nil, "\(name)")
            }
        }
    }
}
