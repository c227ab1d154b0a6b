import CLibPQ

/// The fields of a server's error message that are of use (libpq documentation, `PQresultErrorField`).
struct PostgresDiagnosis {
    private let result: OpaquePointer?

    init(_ result: OpaquePointer?) {
        self.result = result
    }

    /// SQLSTATE; empty when the error did not come from the server.
    var state: String { field("C") ?? "" }
    var message: String { field("M") ?? "" }
    /// The function in the server's source that raised it.
    var function: String? { field("R") }

    private func field(_ code: Unicode.Scalar) -> String? {
        PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
    }

    /// Messages about values (class 22) repeat the values, so they stay out.
    func refused(_ sql: String) -> StatementRefused {
        StatementRefused(
            code: state,
            message: state.hasPrefix("22") ? "a value does not fit its type" : message,
            sql: sql
        )
    }

    var violation: ConstraintViolation? {
        let kind: ConstraintViolation.Kind
        switch state {
        case "23505": kind = .unique
        case "23503", "23001": kind = .foreignKey
        case "23514": kind = .check
        case "23502": kind = .notNull
        default: return nil
        }
        return ConstraintViolation(kind: kind, constraint: field("n"), table: field("t"), columns: columns(kind))
    }

    private func columns(_ kind: ConstraintViolation.Kind) -> [String] {
        switch kind {
        case .notNull: return field("c").map { [$0] } ?? []
        case .check, .foreignKey: return []
        case .unique:
            // `Key (tenant_id, email_key)=(1, uma@example.org) already exists.` in whatever language.
            guard let detail = field("D"), let match = detail.firstMatch(of: #/\(([^()]*)\)=\(/#) else { return [] }
            return match.1.split(separator: ", ").map(String.init)
        }
    }
}
