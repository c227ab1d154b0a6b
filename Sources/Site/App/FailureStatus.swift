import Core
import HTTPTypes
import Web

extension Failure.Kind {
    /// The one table from what went wrong to what HTTP calls it.
    var status: HTTPResponse.Status {
        switch self {
        case .invalid: .unprocessableContent
        case .notSignedIn: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .gone: .gone
        case .tooLarge: .contentTooLarge
        case .unsupportedType: .unsupportedMediaType
        case .tooMany: .tooManyRequests
        case .noSpace: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        case .unavailable: .serviceUnavailable
        }
    }
}

extension Failure.FieldProblem {
    /// In the reader's language.
    var words: String { t(verbatim: key, arguments) }
}
