import Persistence

/// What sort of thing an item is. How it is checked, processed and shown follows from this; limits and file name
/// extensions are rows (`MediaType`).
package enum MediaKind: String, Sendable, Hashable, CaseIterable, SQLConvertible {
    case video
    case audio
    case image
    case document
}
