import Web

/// What a browser says that it is (`User-Agent`), in the words of the person before it. Anybody can claim anything there, so it
/// is for recognising one's own devices and decides nothing.
package struct BrowserName: Sendable, Hashable {
    /// `Firefox`; nil for what is none that people use.
    package let browser: String?
    /// `Windows`; nil where it is not said.
    package let system: String?

    package init(userAgent text: String) {
        browser = Self.browsers.first { text.contains($0.mark) }?.name
        system = Self.systems.first { text.contains($0.mark) }?.name
    }

    /// In the reader's language.
    package var text: String {
        switch (browser, system) {
        case (let browser?, let system?): t("\(browser) on \(system)")
        case (let browser?, nil): browser
        case (nil, let system?): t("A program on \(system)")
        case (nil, nil): t("An unknown program")
        }
    }

    /// Most browsers name others, too, to be served like them; whoever is named by its own kind alone comes first.
    private static let browsers: [(mark: String, name: String)] = [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("Vivaldi/", "Vivaldi"),
        ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chromium/", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]

    private static let systems: [(mark: String, name: String)] = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Macintosh", "macOS"), ("Linux", "Linux"),
    ]
}
