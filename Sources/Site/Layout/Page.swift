package import Web

/// A page: a struct of values in, HTML out. It reads no database and knows no request.
package protocol Page: Sendable {
    /// What is special about this page; the tab's title begins with it.
    var title: String { get }
    var section: Section? { get }
    var shell: Shell { get }
    /// Scripts beyond those that every page has.
    var scripts: [Script] { get }
    /// What stands in the search field of the top bar.
    var searchText: String { get }
    /// The classes of `<main>`.
    var mainClass: String { get }
    /// The content of `<main>`, with exactly one `h1`.
    func main(in frame: Frame) -> HTML
}

/// What stands around a page.
package enum Shell: Sendable {
    /// Navigation, search and account.
    case site
    /// The logo and one card: signing in, registering, the first run.
    case focused
}

/// The scripts that only some pages need.
package enum Script: String, Sendable {
    case copy, more, passkeys, player, reader, search, status, tiles, upload
}

extension Page {
    package var section: Section? { nil }
    package var shell: Shell { .site }
    package var scripts: [Script] { [] }
    package var searchText: String { "" }
    package var mainClass: String { "page" }

    /// The whole document.
    package func html(in frame: Frame) -> HTML {
        Document(page: self, frame: frame).html
    }
}
