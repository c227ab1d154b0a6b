import Persistence

/// Somebody of those who share an account: with a history of their own, and if it is to be, a PIN and an age limit.
package struct ViewerProfile: Sendable, Hashable {
    package let id: ID<ViewerProfile>
    /// What stands in URLs.
    package let publicID: String
    package let name: String
    package let face: ProfileFace
    /// Up to which rating items are there for this profile; nil for all of them, rated or not.
    package let ageLimit: AgeRating?
    package let hasPIN: Bool
    /// Where an account begins. It never has an age limit.
    package let isDefault: Bool

    package init(
        id: ID<ViewerProfile>,
        publicID: String,
        name: String,
        face: ProfileFace,
        ageLimit: AgeRating? = nil,
        hasPIN: Bool = false,
        isDefault: Bool = false
    ) {
        self.id = id
        self.publicID = publicID
        self.name = name
        self.face = face
        self.ageLimit = ageLimit
        self.hasPIN = hasPIN
        self.isDefault = isDefault
    }

    /// Under names that can stand in a row beside those of the account.
    static let columns: SQL = """
        p.id AS viewer_id, p.public_id AS viewer_public_id, p.name AS viewer_name, p.picture AS viewer_picture,
        p.colour AS viewer_colour, p.age_limit AS viewer_age_limit, p.is_default AS viewer_is_default,
        CASE WHEN p.pin IS NULL THEN 0 ELSE 1 END AS viewer_has_pin
        """

    init(_ row: Row) throws {
        id = try row["viewer_id"]
        publicID = try row["viewer_public_id"]
        name = try row["viewer_name"]
        face = ProfileFace(picture: try row["viewer_picture"], colour: try row["viewer_colour"])
        ageLimit = try row.optional("viewer_age_limit")
        hasPIN = try row["viewer_has_pin"]
        isDefault = try row["viewer_is_default"]
    }
}

/// One of the pictures that come with the program, on one of its colours.
package struct ProfileFace: Sendable, Hashable {
    package enum Picture: String, Sendable, Hashable, CaseIterable, SQLConvertible {
        case fox, owl, cat, bear, whale, robot, ghost, rocket
    }

    package enum Colour: String, Sendable, Hashable, CaseIterable, SQLConvertible {
        case sea, leaf, sun, coral, plum, slate
    }

    package let picture: Picture
    package let colour: Colour

    package init(picture: Picture, colour: Colour) {
        self.picture = picture
        self.colour = colour
    }
}

/// Who of those who share an account sits before a browser, as far as queries need to know.
package struct Watching: Sendable, Hashable {
    package let profile: ID<ViewerProfile>
    package let ageLimit: AgeRating?

    package init(profile: ID<ViewerProfile>, ageLimit: AgeRating?) {
        self.profile = profile
        self.ageLimit = ageLimit
    }
}

extension AuditSubject {
    static func profile(_ id: ID<ViewerProfile>) -> AuditSubject { AuditSubject(kind: "profile", id: id.value) }
}
