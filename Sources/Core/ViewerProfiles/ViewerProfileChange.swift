/// What somebody typed to describe a profile. Made only from text that keeps the rules.
package struct ViewerProfileChange: Sendable, Hashable {
    package enum PINChange: Sendable, Hashable {
        case keep
        case remove
        /// 4 to 8 digits.
        case set(String)
    }

    package static let longestName = 32

    package let name: String
    package let face: ProfileFace
    package let ageLimit: AgeRating?
    package let pin: PINChange

    /// - Parameters:
    ///   - ageLimit: years, or empty for none.
    ///   - pin: empty to keep what is.
    /// - Throws: `Failure.invalid` naming every field that breaks a rule.
    package init(
        name: String,
        picture: String,
        colour: String,
        ageLimit: String,
        pin: String = "",
        removesPIN: Bool = false
    ) throws(Failure) {
        let name = name.trimmed
        let (picture, colour) = (ProfileFace.Picture(rawValue: picture), ProfileFace.Colour(rawValue: colour))
        let limit = AgeRating(text: ageLimit)
        var problems: [Failure.FieldProblem] = []
        if !(1...Self.longestName).contains(name.codePoints) {
            problems.append(.profileNameLength)
        } else if !name.isOneVisibleLine {
            problems.append(.profileNameCharacters)
        }
        if picture == nil || colour == nil { problems.append(.unknownPicture) }
        if limit == nil, !ageLimit.isEmpty { problems.append(.unknownAgeLimit) }
        if !pin.isEmpty, !removesPIN, !Self.isPIN(pin) { problems.append(.pinForm) }
        guard problems.isEmpty, let picture, let colour else { throw .invalid(problems) }
        self.name = name
        face = ProfileFace(picture: picture, colour: colour)
        self.ageLimit = limit
        self.pin = removesPIN ? .remove : pin.isEmpty ? .keep : .set(pin)
    }

    static func isPIN(_ text: String) -> Bool {
        (4...8).contains(text.utf8.count)
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
