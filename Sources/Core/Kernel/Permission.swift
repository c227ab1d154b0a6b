/// What a user type may do. Code asks `scope.may(.upload)`, never who somebody is.
package enum Permission: String, Sendable, Hashable, CaseIterable {
    /// See and change everything of every tenant.
    case manageAll = "manage_all"
    case manageAccounts = "manage_accounts"
    case manageMedia = "manage_media"
    case manageSettings = "manage_settings"
    case seeAudit = "see_audit"
    /// Have customers below oneself and manage them.
    case manageCustomers = "manage_customers"
    case upload
    case share
    case download
    case useAPI = "use_api"
}
