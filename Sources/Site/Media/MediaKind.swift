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

/// Who may see an item.
package enum Visibility: String, Sendable, CaseIterable {
    case `private`, unlisted, `public`

    var name: String {
        switch self {
        case .private: t("Private")
        case .unlisted: t("Unlisted")
        case .public: t("Public")
        }
    }

    var explanation: String {
        switch self {
        case .private: t("Only you can see it.")
        case .unlisted: t("Anyone with the link can see it. It is in no list.")
        case .public: t("Everyone can see it, and it is listed in the library.")
        }
    }

    var icon: Icon {
        switch self {
        case .private: .lock
        case .unlisted: .link
        case .public: .public
        }
    }
}

/// How far an item is on its way from upload to playback.
package enum MediaState: Sendable, Hashable {
    /// `progress` is a share from 0 to 1, nil while nobody knows.
    case processing(progress: Double?, message: String?)
    case ready
    /// Playback or preview could not be made; the original is kept.
    case failed(reason: String)

    var isProcessing: Bool {
        if case .processing = self { return true }
        return false
    }
}
