/// What a form shows: the values to put into its fields, what is wrong with some of them, and a message about the whole.
/// A fresh form is `FormState()`, an edit form `FormState(values: ["title": media.title])`, and after a refusal the same
/// page is shown again with `FormState(fields, problems: …)`, so that nothing that was typed is lost.
package struct FormState: Sendable, Hashable {
    package struct Problem: Sendable, Hashable {
        package let field: String
        /// In the reader's language.
        package let message: String

        package init(_ field: String, _ message: String) {
            self.field = field
            self.message = message
        }
    }

    package let fields: FormFields
    package let problems: [Problem]
    /// About the whole form, in the reader's language.
    package let message: String?

    package init(_ fields: FormFields = FormFields(), problems: [Problem] = [], message: String? = nil) {
        self.fields = fields
        self.problems = problems
        self.message = message
    }

    package init(values: KeyValuePairs<String, String>) {
        self.init(FormFields(values.map { FormFields.Pair($0.key, $0.value) }))
    }

    package var isRefused: Bool { !problems.isEmpty || message != nil }

    func problem(_ field: String) -> String? {
        problems.first { $0.field == field }?.message
    }

    /// The first field with a problem takes the focus, so that a keyboard or a screen reader starts there.
    func hasFocus(_ field: String) -> Bool {
        problems.first?.field == field
    }
}
