import Web

extension HTML {
    /// The way to the next part of a list, below it.
    static func more(_ next: Link) -> HTML {
        "<p class=\"more\"><a class=\"button\" rel=\"next\" href=\"\(next)\">\(t("Show more"))</a></p>"
    }
}
