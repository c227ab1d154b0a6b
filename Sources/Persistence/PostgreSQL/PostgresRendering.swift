/// A statement as PostgreSQL takes it: `$n` for each value, an array as one parameter.
struct PostgresStatementText {
    enum Parameter {
        case value(SQLValue)
        case array([SQLValue])
    }

    private(set) var text: String
    private(set) var parameters: [Parameter] = []

    init(_ sql: SQL) {
        var text = SQLText(capacity: sql.textCapacity)
        self.text = ""
        parameters.reserveCapacity(sql.parts.count / 2)
        append(sql, to: &text)
        self.text = text.string
    }

    private mutating func append(_ sql: SQL, to text: inout SQLText) {
        for part in sql.parts {
            switch part {
            case .text(let literal):
                text.append(literal)
            case .value(let value):
                parameters.append(.value(value))
                text.append("$")
                text.append(decimal: parameters.count)
            case .array(let elements):
                parameters.append(.array(elements))
                text.append("= ANY($")
                text.append(decimal: parameters.count)
                text.append(")")
            case .either(_, let postgres):
                append(postgres, to: &text)
            }
        }
    }
}
