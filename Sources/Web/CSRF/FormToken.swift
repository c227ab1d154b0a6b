/// The token that a page of ours puts into its forms and that comes back with them, bound to the visitor's cookie. It is a
/// task-local value: `HTML.form` puts it into every form by itself, and no page passes it along.
package struct FormToken: Sendable {
    package static let fieldName = "csrf_token"

    private let issue: @Sendable () -> String

    /// `issue` is called when a page wants the token, once for each form.
    package init(issue: @escaping @Sendable () -> String) {
        self.issue = issue
    }

    /// Other in every page, though equally valid, so that compression tells nothing about it (BREACH).
    package var value: String { issue() }

    /// The token of the request that is being answered; nil where tokens are switched off.
    @TaskLocal package static var current: FormToken?
}
