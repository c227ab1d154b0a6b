import Web

@testable import Core
@testable import Site

/// Values that look like a library in use.
enum Samples {
    /// 2026-11-22, 15:50 UTC.
    static let now = Timestamp(milliseconds: 1_795_362_600_000)

    static let cards: [MediaCard] = [
        card("v1", "Evening at the lake", .video, .seconds(727), "1080p", ago: .minutes(3), .private),
        card("i1", "Harbour in fog", .image, ago: .minutes(9)),
        card(
            "v2",
            "Interview with the ferryman",
            .video,
            ago: .minutes(12),
            .private,
            .processing(progress: 0.42, message: "Making it playable"),
            picture: false
        ),
        card("a1", "Slow tide (live)", .audio, .seconds(254), ago: .hours(2)),
        card("d1", "Programme, autumn season", .document, ago: .hours(5), .unlisted),
        card(
            "v3",
            "How the lock works, explained from both sides of the gate",
            .video,
            .seconds(3753),
            "4K",
            ago: .hours(8)
        ),
        card("i2", "Reeds", .image, ago: .days(1)),
        card("i3", "Boathouse, north side", .image, ago: .days(1)),
        card(
            "v4",
            "Old camera tape 14",
            .video,
            ago: .days(2),
            .private,
            .failed(reason: "No video found"),
            picture: false
        ),
        card("a2", "Field recording: bells", .audio, .seconds(61), ago: .days(3)),
        card("v5", "Regatta", .video, .seconds(188), "720p", ago: .days(5)),
        card("i4", "Lantern", .image, ago: .days(6)),
        card("d2", "Harbour rules", .document, ago: .days(12), picture: false),
        card("v6", "Night crossing", .video, .seconds(5405), "1080p", ago: .days(40)),
    ]

    static let publicCards = Array(cards.filter { $0.visibility == .public }.prefix(8))
    static let underWay = MediaState.processing(progress: 0.42, message: "Making it playable")
    static let failed = MediaState.failed(reason: "The file ends in the middle of its video.")

    static let library = LibraryPage(filter: .init(), cards: cards, next: "1795.14")

    static let managed = LibraryPage(
        filter: .init(shelf: .managed),
        cards: [
            card("v7", "Ferry timetable", .video, .seconds(41), "720p", ago: .minutes(4), .private, owner: "uma"),
            card("i5", "Slipway", .image, ago: .hours(1), owner: "sam"),
        ],
        next: nil
    )

    static func card(
        _ id: String,
        _ title: String,
        _ kind: MediaKind,
        _ length: Duration? = nil,
        _ quality: String? = nil,
        ago: Duration,
        _ visibility: Media.Visibility = .public,
        _ state: MediaState = .ready,
        picture: Bool = true,
        owner: String? = nil,
        watched: Double? = nil
    ) -> MediaCard {
        MediaCard(
            id: id,
            title: title,
            kind: kind,
            length: length,
            quality: quality,
            visibility: visibility,
            state: state,
            uploaded: now - ago,
            thumbnail: picture ? Links.mediaThumbnail(id) : nil,
            owner: owner,
            watched: watched
        )
    }

    static func video(mayEdit: Bool = true, owner: String? = nil, state: MediaState = .ready) -> MediaDetail {
        detail(
            "v1",
            "Evening at the lake",
            .video,
            .play(Links.mediaPlay("v1"), contentType: "video/mp4", poster: Links.mediaDisplay("v1")),
            .init(
                name: "MVI_2041.mp4",
                contentType: "video/mp4",
                size: 412_300_000,
                length: .seconds(727),
                width: 1920,
                height: 1080
            ),
            visibility: mayEdit ? .unlisted : .public,
            state: state,
            mayEdit: mayEdit,
            owner: owner,
            description: "The last boats come in & the lamps go on.\nFilmed from the northern pier."
        )
    }

    static let audio = detail(
        "a1",
        "Slow tide (live)",
        .audio,
        .play(Links.mediaPlay("a1"), contentType: "audio/mpeg", poster: Links.mediaThumbnail("a1")),
        .init(name: "slow-tide.mp3", contentType: "audio/mpeg", size: 6_120_000, length: .seconds(254))
    )

    static let image = detail(
        "i1",
        "Harbour in fog",
        .image,
        .image(Links.mediaDisplay("i1")),
        .init(name: "DSC_0113.jpg", contentType: "image/jpeg", size: 4_980_000, width: 1600, height: 1067),
        visibility: .private
    )

    static let document = detail(
        "d1",
        "Programme, autumn season",
        .document,
        .pdf(Links.mediaFile("d1"), firstPage: Links.mediaPoster("d1")),
        .init(name: "programme.pdf", contentType: "application/pdf", size: 812_000)
    )

    static let unviewable = detail(
        "d2",
        "Minutes of the meeting",
        .document,
        .nothing,
        .init(
            name: "minutes.docx",
            contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            size: 31_800
        ),
        visibility: .private
    )

    static let tooFine = detail(
        "f2",
        "Old tape",
        .video,
        .tooFine(lines: 1080, best: 720),
        .init(name: "tape.mp4", contentType: "video/mp4", size: 48_200_000, length: .seconds(95))
    )

    static let growingFilm = detail(
        "f1",
        "Old tape",
        .video,
        .stream(Links.mediaStream("f1"), file: nil, poster: Links.mediaPoster("f1"), isWhole: false),
        .init(name: "tape.avi", contentType: "video/x-msvideo", size: 48_200_000, length: .seconds(95)),
        isCounted: true
    )

    static func detail(
        _ id: String,
        _ title: String,
        _ kind: MediaKind,
        _ viewing: MediaDetail.Viewing,
        _ file: MediaDetail.File,
        visibility: Media.Visibility = .public,
        state: MediaState = .ready,
        mayEdit: Bool = true,
        isCounted: Bool = false,
        owner: String? = nil,
        description: String = ""
    ) -> MediaDetail {
        MediaDetail(
            id: id,
            title: title,
            description: description,
            kind: kind,
            visibility: visibility,
            state: state,
            viewing: viewing,
            uploaded: now - .hours(5),
            owner: owner,
            file: file,
            mayEdit: mayEdit,
            mayDownload: true,
            isCounted: isCounted,
            address: "https://media.example.org/media/\(id)",
            memory: mayEdit ? .init(link: Links.apiWatchPlace(id), place: .milliseconds(272_400)) : nil
        )
    }

    static let trash = TrashPage(
        items: [
            trashed("t1", "Test shot", .video, 48_200_000, .hours(2)),
            trashed("t2", "Harbour in fog (copy)", .image, 4_980_000, .days(3)),
            trashed("t3", "Voice memo with a title that is far too long for a phone", .audio, 812, .days(29)),
        ],
        next: nil
    )

    private static func trashed(
        _ id: String,
        _ title: String,
        _ kind: MediaKind,
        _ size: Int64,
        _ ago: Duration
    ) -> TrashPage.Item {
        .init(id: id, title: title, kind: kind, size: size, deleted: now - ago, purged: now - ago + .days(30))
    }
}
