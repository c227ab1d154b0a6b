import Core
import Web

/// Who may see an item, in words and pictures.
extension Media.Visibility {
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
