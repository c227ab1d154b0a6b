/// The language in which a request is answered, with its catalogue. It is a task-local value, so that a page needs no
/// parameter for it.
package struct Language: Sendable {
    /// BCP 47: `en`, `de`, `pt-BR`.
    package let tag: String
    package let catalogue: Catalogue

    package init(tag: String, catalogue: Catalogue = .empty) {
        self.tag = tag
        self.catalogue = catalogue
    }

    /// The language of the source.
    package static let english = Language(tag: "en")

    @TaskLocal package static var current: Language = .english

    /// `de` of `de-AT`, in lower case.
    package var primary: String { Self.primary(of: tag) }

    static func primary(of tag: String) -> String {
        tag.prefix { $0 != "-" }.lowercased()
    }

    /// For the `dir` attribute.
    package var isRightToLeft: Bool { ["ar", "fa", "he", "ur"].contains(primary) }
}
