import Integrations
import Persistence

extension Failure {
    /// What a person may know of an error from below; nil where it is a fault that only the log should hold.
    package init?(outside error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case is DatabaseUnavailable: self = .databaseUnavailable
        case is DatabaseFull: self = .diskFull
        case is UnstorableText: self = .unstorableText
        case let busy as HasherBusy: self = .hasherBusy(retryAfter: busy.retryAfter)
        default: return nil
        }
    }

    package static let databaseUnavailable = Failure(
        .unavailable,
        "database_unavailable",
        "The database is not reachable just now. Nothing was changed; try again shortly.",
        retryAfter: .seconds(5)
    )
    package static let unstorableText = Failure(
        .invalid,
        "unstorable_text",
        "This text holds characters that cannot be stored."
    )
    package static let diskFull = Failure(
        .noSpace,
        "disk_full",
        "The server's disk is full. Nothing more was stored; try again when there is room."
    )
}
