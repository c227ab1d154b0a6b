import Web

@testable import Core
@testable import Site

/// Those who share uma's account.
enum ViewerProfileSamples {
    static let uma = ViewerProfile(
        id: ID(1),
        publicID: "p1",
        name: "uma",
        face: ProfileFace(picture: .fox, colour: .sea),
        isDefault: true
    )
    static let max = ViewerProfile(
        id: ID(2),
        publicID: "p2",
        name: "Max <the Great>",
        face: ProfileFace(picture: .robot, colour: .plum),
        hasPIN: true
    )
    static let mia = ViewerProfile(
        id: ID(3),
        publicID: "p3",
        name: "Mia",
        face: ProfileFace(picture: .cat, colour: .coral),
        ageLimit: .six
    )

    private static let all = [uma, max, mia]
    private static let asUma = Watching(profile: uma.id, ageLimit: nil)
    private static let asMia = Watching(profile: mia.id, ageLimit: .six)
    private static let refused = FormState(
        ["name": "Mia", "picture": "ghost", "colour": "sun", "age_limit": "12"],
        problems: [
            .init("pin", "A PIN has 4 to 8 digits."), .init("profile_pin", "This is not the PIN of this profile."),
        ]
    )

    static let pages: [SamplePage] = [
        .init("profiles", ProfilesPage(profiles: all, watching: asUma, next: nil), .member),
        .init("profiles-child", ProfilesPage(profiles: all, watching: asMia, next: Links.mine), .child),
        .init("profile-pin", ProfileKeyPage(profile: max, door: .pin, next: Links.mine), .member),
        .init("profile-password", ProfileKeyPage(profile: uma, door: .password, next: nil), .child),
        .init("profiles-manage", ProfilesManagePage(profiles: all), .member),
        .init("profile-add", ProfileEditPage(profile: nil, door: .open), .member),
        .init("profile-edit", ProfileEditPage(profile: mia, door: .open), .member),
        .init("profile-edit-refused", ProfileEditPage(profile: max, door: .pinOrPassword, form: refused), .member),
        .init("profile-delete", ProfileDeletePage(profile: mia, door: .open, history: 12), .member),
        .init("library-child-empty", LibraryPage(filter: .init(), cards: [], next: nil), .child),
        .init("dashboard-child", DashboardPage(begun: [], use: [], limit: nil, recent: []), .child),
    ]
}
