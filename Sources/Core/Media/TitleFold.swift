import Foundation

extension String {
    /// For sorting and searching: without case, accents, width and repeated space.
    package var folded: String {
        folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil).tidied
    }

    /// On one line, with single spaces, without control characters and without space around it.
    package var tidied: String {
        let visible = unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: Unicode.Scalar(0x20 as UInt8)
            default: scalar
            }
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: visible)
        return String(text).split(separator: " ").joined(separator: " ")
    }

    /// PostgreSQL cannot keep this character in text.
    var holdsNull: Bool { utf8.contains(0) }
}
