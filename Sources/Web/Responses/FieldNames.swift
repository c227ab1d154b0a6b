package import HTTPTypes

extension HTTPField.Name {
    /// A name that stands in the source.
    package init(literal name: StaticString) {
        guard let name = HTTPField.Name(name.description) else {
            preconditionFailure("'\(name)' is no field name (RFC 9110 §5.1)")
        }
        self = name
    }

    /// Names an internal location that nginx sends in place of the answer.
    package static let xAccelRedirect = HTTPField.Name(literal: "X-Accel-Redirect")
}
