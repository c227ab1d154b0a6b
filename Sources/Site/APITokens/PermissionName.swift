import Core
import Web

extension Permission {
    /// What it allows, as lists and forms say it.
    var name: String {
        switch self {
        case .manageAll: t("See and change everything")
        case .manageAccounts: t("Manage accounts")
        case .manageMedia: t("Manage everybody’s items")
        case .manageSettings: t("Change settings")
        case .seeAudit: t("Read the audit log")
        case .manageCustomers: t("Manage customers")
        case .upload: t("Upload")
        case .share: t("Share")
        case .download: t("Download")
        case .useAPI: t("Use the API")
        }
    }
}
