import Core

/// What `mediashare demo` puts on the platform: titles that one would find there, and a number from which the file is
/// drawn, so that every run makes the same files.
struct DemoItem: Sendable {
    enum Form: Sendable {
        /// A film of a landscape, H.264/AAC as browsers play it.
        case film(seconds: Int)
        /// The same in an old format, which the platform has to convert.
        case oldFilm(seconds: Int)
        case photo
        case song(seconds: Int)
        case paper
    }

    let title: String
    let form: Form
    let owner: String
    let isPublic: Bool
    let number: Int
}

enum DemoCatalogue {
    static let films = [
        "Morning above the clouds", "The long way home", "Harbour lights", "Two days in the dunes", "Winter crossing",
        "Lake at dusk", "First snow", "Where the river ends", "The quiet valley", "Night train north", "Tide tables",
        "Orchard in bloom", "A week in the hills", "Thunder season", "The lighthouse keeper", "Red desert", "Low sun",
        "After the rain", "Meadow walk", "Island hopping", "Northern autumn", "Crossing the pass",
    ]
    static let photos = [
        "Ridge line", "Five in the morning", "Blue hour", "Copper hills", "Fog bank", "The far shore", "Last light",
        "Pine country", "High meadow", "Salt flats", "Moonrise", "Foothills", "Golden field", "Storm coming",
    ]
    static let songs = [
        "Slow water", "Paper boats", "Signal fires", "Northbound", "Glass garden", "Undertow", "Halfway there",
        "Small hours", "Copper wire", "Weathervane", "Open road", "Lanterns",
    ]
    static let papers = [
        "Festival programme", "Camera manual", "Trail map notes", "Screening schedule", "Rider and stage plan",
        "Sound check list", "Press kit", "Location permits", "Shot list", "Edit decisions",
    ]

    static let items: [DemoItem] = {
        let owners = ["uma", "sam", "rita", "otto"]
        var items: [DemoItem] = []
        func add(_ titles: [String], isPublic: (Int) -> Bool, form: (Int) -> DemoItem.Form) {
            for (index, title) in titles.enumerated() {
                items.append(
                    DemoItem(
                        title: title,
                        form: form(index),
                        owner: owners[index % owners.count],
                        isPublic: isPublic(index),
                        number: items.count
                    )
                )
            }
        }
        add(
            films,
            isPublic: { $0 % 5 != 4 },
            form: { $0 % 8 == 7 ? .oldFilm(seconds: 8) : .film(seconds: 8 + $0 % 5 * 4) }
        )
        add(photos, isPublic: { $0 % 4 != 3 }, form: { _ in .photo })
        add(songs, isPublic: { $0 % 3 != 2 }, form: { .song(seconds: 40 + $0 * 11) })
        add(papers, isPublic: { $0 % 2 == 0 }, form: { _ in .paper })
        return items
    }()

    /// That many of them, of every kind.
    static func spread(_ count: Int) -> [DemoItem] {
        guard count < items.count else { return items }
        return (0..<max(0, count)).map { items[$0 * items.count / count] }
    }
}
