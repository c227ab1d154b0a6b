import Core
import Web

/// What an item is, in words and pictures.
extension MediaKind {
    var name: String {
        switch self {
        case .video: t("Video")
        case .audio: t("Audio")
        case .image: t("Image")
        case .document: t("Document")
        }
    }

    var plural: String {
        switch self {
        case .video: t("Videos")
        case .audio: t("Audio")
        case .image: t("Images")
        case .document: t("Documents")
        }
    }

    var icon: Icon {
        switch self {
        case .video: .video
        case .audio: .audio
        case .image: .image
        case .document: .document
        }
    }
}
