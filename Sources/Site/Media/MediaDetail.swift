package import Core
package import Web

/// One item with all that its page shows.
package struct MediaDetail: Sendable {
    /// The public id.
    package let id: String
    package let title: String
    package let description: String
    package let kind: MediaKind
    package let visibility: Media.Visibility
    package let ageRating: AgeRating?
    package let state: MediaState
    package let viewing: Viewing
    package let uploaded: Timestamp
    /// Whose it is, where the viewer may know.
    package let owner: String?
    package let file: File
    package let mayEdit: Bool
    package let mayDownload: Bool
    /// Whether what is played counts against a limit of the viewer's account.
    package let isCounted: Bool
    /// The address to hand on, with scheme and host.
    package let address: String
    /// Where one goes on, and where to tell how far one is; nil for those who have no history.
    package let memory: Memory?

    package struct Memory: Sendable {
        package let link: Link
        /// Nil to begin at the beginning.
        package let place: Duration?

        package init(link: Link, place: Duration?) {
            self.link = link
            self.place = place
        }
    }

    /// What the browser can show of it.
    package enum Viewing: Sendable {
        /// A video or audio stream, with a still or a cover.
        case play(Link, contentType: String, poster: Link?)
        /// A film in several qualities. The single file for players that know nothing else comes when it is made.
        case stream(Link, file: Link?, poster: Link?, isWhole: Bool)
        case image(Link)
        /// A film that is there only in a better quality than the viewer may play, in lines.
        case tooFine(lines: Int, best: Int)
        /// A document, with a picture of its first page.
        case pdf(Link, firstPage: Link?)
        case nothing
    }

    /// Whether it is a document that browsers open.
    var isReadable: Bool {
        guard case .ready = state, case .pdf = viewing else { return false }
        return true
    }

    /// Whether a player plays it.
    var isPlayable: Bool {
        guard case .ready = state else { return false }
        switch viewing {
        case .play, .stream: return true
        case .image, .tooFine, .pdf, .nothing: return false
        }
    }

    /// Facts about the original.
    package struct File: Sendable {
        package let name: String
        package let contentType: String
        package let size: Int64
        package let length: Duration?
        package let width: Int?
        package let height: Int?

        /// "MP4" of `film.mp4`, or the content type of a file whose name tells nothing.
        var format: String {
            guard let dot = name.lastIndex(of: "."), name.distance(from: dot, to: name.endIndex) <= 6 else {
                return contentType
            }
            return name[dot...].dropFirst().uppercased()
        }

        package init(
            name: String,
            contentType: String,
            size: Int64,
            length: Duration? = nil,
            width: Int? = nil,
            height: Int? = nil
        ) {
            self.name = name
            self.contentType = contentType
            self.size = size
            self.length = length
            self.width = width
            self.height = height
        }
    }

    package init(
        id: String,
        title: String,
        description: String,
        kind: MediaKind,
        visibility: Media.Visibility,
        ageRating: AgeRating? = nil,
        state: MediaState,
        viewing: Viewing,
        uploaded: Timestamp,
        owner: String?,
        file: File,
        mayEdit: Bool,
        mayDownload: Bool,
        isCounted: Bool = false,
        address: String,
        memory: Memory? = nil
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.kind = kind
        self.visibility = visibility
        self.ageRating = ageRating
        self.state = state
        self.viewing = viewing
        self.uploaded = uploaded
        self.owner = owner
        self.file = file
        self.mayEdit = mayEdit
        self.mayDownload = mayDownload
        self.isCounted = isCounted
        self.address = address
        self.memory = memory
    }
}
