/// The decoded fields of a form in the order in which they came. A name may come several times. A form is a struct that
/// reads them once:
///
///     struct LoginForm {
///         let email: String
///         let password: String
///
///         init(_ fields: FormFields) {
///             email = fields.text("email")
///             password = fields.raw("password")
///         }
///     }
package struct FormFields: Sendable, Hashable {
    package struct Pair: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var pairs: [Pair]

    package init(_ pairs: [Pair] = []) {
        self.pairs = pairs
    }

    /// The first value as it was sent, or nil when the field is absent.
    package subscript(name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    /// All values of a name (check boxes of one group, a select with several choices).
    package func all(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    /// A line of text: without white space at its ends, empty when absent.
    package func text(_ name: String) -> String {
        (self[name] ?? "").trimming([" ", "\t", "\r", "\n", "\r\n", "\u{a0}"])
    }

    /// The value untouched, empty when absent: for passwords, where a space counts.
    package func raw(_ name: String) -> String {
        self[name] ?? ""
    }

    /// A text of several lines: browsers send CRLF, we keep LF.
    package func lines(_ name: String) -> String {
        String(text(name).map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 })
    }

    /// Whether a check box was ticked: browsers leave out those that are not.
    package func isOn(_ name: String) -> Bool {
        guard let value = self[name] else { return false }
        return !["", "0", "false", "off"].contains(value.lowercased())
    }

    package mutating func append(_ name: String, _ value: String) {
        pairs.append(Pair(name, value))
    }
}

extension FormFields: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { Pair($0.0, $0.1) })
    }
}
