/// What a person may know about something that went wrong: what kind, a stable code for programs, a message that says
/// what to do next, and the fields that need another look. Anything else that is thrown is a fault, which is logged
/// and never shown.
package struct Failure: Error, Sendable, Hashable {
    /// One table in Site maps these to HTTP statuses.
    package enum Kind: String, Sendable, CaseIterable {
        case invalid  // 422
        case notSignedIn  // 401, or the sign-in page
        case forbidden  // 403
        case notFound  // 404
        case conflict  // 409
        case gone  // 410
        case tooLarge  // 413
        case unsupportedType  // 415
        case tooMany  // 429
        case noSpace  // 507
        case unavailable  // 503
    }

    package struct FieldProblem: Sendable, Hashable {
        package let field: String
        /// What is wrong, in English, with `%1`, `%2`… in the place of numbers: what catalogues translate.
        package let key: String
        package let arguments: [String]

        package init(_ field: String, _ key: String, _ arguments: String...) {
            self.field = field
            self.key = key
            self.arguments = arguments
        }

        /// The whole sentence in English.
        package var message: String {
            arguments.enumerated().reduce(key) { text, argument in
                text.replacing("%\(argument.offset + 1)", with: argument.element)
            }
        }
    }

    package let kind: Kind
    package let code: String
    package let message: String
    package var fields: [FieldProblem]
    /// When it makes sense to try again.
    package var retryAfter: Duration?

    package init(
        _ kind: Kind,
        _ code: String,
        _ message: String,
        fields: [FieldProblem] = [],
        retryAfter: Duration? = nil
    ) {
        self.kind = kind
        self.code = code
        self.message = message
        self.fields = fields
        self.retryAfter = retryAfter
    }
}

extension Failure {
    /// What one may not see does not exist: both are this.
    package static let notFound = Failure(.notFound, "not_found", "There is nothing here, or it is not yours to see.")
    package static let notSignedIn = Failure(.notSignedIn, "not_signed_in", "Please log in to access this page.")
    package static let forbidden = Failure(
        .forbidden,
        "forbidden",
        "Your account does not have this permission. Nothing was changed."
    )

    /// A form whose fields need another look.
    package static func invalid(_ fields: [FieldProblem]) -> Failure {
        Failure(.invalid, "invalid", "Please check the marked fields.", fields: fields)
    }
}
