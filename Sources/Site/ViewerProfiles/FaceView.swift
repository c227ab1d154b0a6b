import Core
import Web

extension Frame {
    /// The picture of a profile. Its name stands beside it, or in the label of what it is in.
    func face(_ face: ProfileFace) -> HTML {
        """
        <svg class="face face-\(face.colour.rawValue)" aria-hidden="true">\
        <use href="\(assets["faces.svg"].at(fragment: face.picture.rawValue))"/></svg>
        """
    }
}

extension ProfileFace.Picture {
    var name: String {
        switch self {
        case .fox: t("Fox")
        case .owl: t("Owl")
        case .cat: t("Cat")
        case .bear: t("Bear")
        case .whale: t("Whale")
        case .robot: t("Robot")
        case .ghost: t("Ghost")
        case .rocket: t("Rocket")
        }
    }
}

extension ProfileFace.Colour {
    var name: String {
        switch self {
        case .sea: t("Blue")
        case .leaf: t("Green")
        case .sun: t("Yellow")
        case .coral: t("Red")
        case .plum: t("Violet")
        case .slate: t("Grey")
        }
    }
}

extension AgeRating {
    /// Of an item: from which age on.
    var name: String { t("From \(rawValue) years") }

    /// Of a profile: up to which rating.
    var limit: String { t("Rated up to \(rawValue)") }

    static func choices(none: String) -> [FormState.Choice] {
        [FormState.Choice("", none)] + allCases.map { FormState.Choice("\($0.rawValue)", $0.name) }
    }
}
