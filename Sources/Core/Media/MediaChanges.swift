/// What somebody typed to describe an item. Made only from text that keeps the rules.
package struct MediaChanges: Sendable, Hashable {
    package static let longestTitle = 200
    package static let longestDescription = 10_000

    package let title: String
    package let description: String
    package let visibility: Media.Visibility
    package let ageRating: AgeRating?

    /// - Parameter ageRating: years, or empty for an item that is not rated.
    /// - Throws: `Failure.invalid` naming every field that breaks a rule.
    package init(
        title: String,
        description: String,
        visibility: String,
        ageRating: String
    ) throws(Failure) {
        let title = title.tidied
        let description = description.replacing("\r\n", with: "\n").trimmed
        let rating = AgeRating(text: ageRating)
        let visible = Media.Visibility(rawValue: visibility)
        var problems: [Failure.FieldProblem] = []
        if title.isEmpty {
            problems.append(.init("title", "Please give it a title."))
        } else if title.codePoints > Self.longestTitle {
            problems.append(.init("title", "A title has at most 200 characters."))
        }
        if description.codePoints > Self.longestDescription {
            problems.append(.init("description", "A description has at most 10,000 characters."))
        }
        if title.holdsNull || description.holdsNull {
            problems.append(.init("title", "This text holds characters that cannot be stored."))
        }
        if visible == nil {
            problems.append(.init("visibility", "Choose private, unlisted or public."))
        }
        if rating == nil, !ageRating.isEmpty {
            problems.append(.init("age_rating", "Choose one of the ages."))
        }
        guard problems.isEmpty, let visible else { throw .invalid(problems) }
        self.title = title
        self.description = description
        self.visibility = visible
        self.ageRating = rating
    }
}
