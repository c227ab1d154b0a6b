import Integrations

/// What one look at an uploaded file has given.
struct ProcessedMedia: Sendable {
    /// A finished file in the scratch directory, to be stored.
    struct Made: Sendable {
        let kind: Rendition.Kind
        let path: String
        let contentType: String
        let size: PictureSize?
    }

    var duration: Duration?
    var size: PictureSize?
    /// Browsers take the original as it is.
    var isWebReady = false
    /// Browsers do not take its pictures: another job encodes them.
    var isToBeEncoded = false
    /// What the original is to be served as, where the look into it says so better than its name.
    var contentType: String?
    var metadata = MediaMetadata()
    var made: [Made] = []
    /// Why pages cannot show it, if they cannot.
    var problem: String?

    /// How the item stands once this is entered.
    var status: Media.Status {
        if problem != nil { return .failed }
        return isToBeEncoded ? .processing : .ready
    }

    mutating func add(_ kind: Rendition.Kind, _ path: String, _ contentType: String, _ size: PictureSize?) {
        made.append(Made(kind: kind, path: path, contentType: contentType, size: size))
    }
}
