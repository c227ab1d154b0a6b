import Core
import Site
import Testing
import Web

/// A page with sample values, under the name of its snapshot.
struct SamplePage: Sendable, CustomTestStringConvertible {
    let name: String
    let page: any Site.Page
    let frame: Frame

    var html: String {
        String(decoding: page.html(in: frame).bytes, as: UTF8.self)
    }

    var testDescription: String { name }

    static let all: [SamplePage] =
        [
            .init("library", Samples.library, .member),
            .init("library-visitor", Samples.library, .visitor),
            .init("library-search-empty", LibraryPage(filter: .init(text: "zebra <3"), cards: [], next: nil), .member),
            .init("library-mine-empty", LibraryPage(filter: .init(onlyMine: true), cards: [], next: nil), .member),
            .init("media-video", MediaShow(media: Samples.video()), .member),
            .init("media-video-visitor", MediaShow(media: Samples.video(mayEdit: false)), .visitor),
            .init("media-audio", MediaShow(media: Samples.audio), .member),
            .init("media-image", MediaShow(media: Samples.image), .member),
            .init("media-document", MediaShow(media: Samples.document), .member),
            .init("media-archive", MediaShow(media: Samples.unviewable), .member),
            .init(
                "media-processing",
                MediaShow(media: Samples.video(state: .processing(progress: 0.42, message: "Making it playable"))),
                .member
            ),
            .init(
                "media-failed",
                MediaShow(media: Samples.video(state: .failed(reason: "The file ends in the middle of its video."))),
                .member
            ),
            .init("media-delete", MediaDelete(id: "aB3dE6gH9jK", title: "Evening at <the> lake"), .member),
            .init("trash", Samples.trash, .member),
            .init("trash-empty", TrashPage(items: [], next: nil), .member),
        ] + [403, 404, 413, 422, 429, 500, 503].map { .init("problem-\($0)", ProblemPage(status: $0), .member) }
        + [.init("problem-404-visitor", ProblemPage(status: 404), .visitor)]

    init(_ name: String, _ page: any Site.Page, _ frame: Frame) {
        self.name = name
        self.page = page
        self.frame = frame
    }
}

extension Frame {
    static let member = Frame(
        viewer: Viewer(
            name: "uma",
            email: "uma@example.org",
            permissions: [.upload, .download, .share],
            storage: .init(used: 3_120_000_000, limit: 10_000_000_000)
        ),
        csrfToken: "sample-token",
        flashes: [],
        assets: .plain,
        here: Links.library,
        now: Samples.now,
        requestID: "01JD9Z8Q5T"
    )

    static let visitor = Frame(
        viewer: nil,
        csrfToken: "sample-token",
        assets: .plain,
        here: Links.library,
        now: Samples.now,
        requestID: "01JD9Z8Q5T"
    )

    func telling(_ flash: Flash) -> Frame {
        Frame(
            viewer: viewer,
            csrfToken: csrfToken,
            flashes: [flash],
            assets: assets,
            here: here,
            now: now,
            requestID: requestID
        )
    }
}

extension AssetLinks {
    /// Without hashes, so that a change of the style sheet changes no snapshot.
    static let plain = AssetLinks { Link(path: "assets", $0) }
}
