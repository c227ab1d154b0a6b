import Foundation
import Site
import Testing
import Web

/// The catalogues beside the pages.
struct TranslationTests {
    private static let folder = URL(filePath: #filePath)
        .appending(path: "../../../../Sources/Site/Locales").standardized

    private static let german: Language? = {
        guard let text = try? String(contentsOf: folder.appending(path: "de.po"), encoding: .utf8) else { return nil }
        return (try? Catalogue(po: text, language: "de", file: "de.po")).map { Language(tag: "de", catalogue: $0) }
    }()

    @Test("A page speaks the reader's language, down to its numbers")
    func german() throws {
        let german = try #require(Self.german)
        let html = Language.$current.withValue(german) { SamplePage("trash", Samples.trash, .member).html }
        #expect(html.contains(#"<html lang="de">"#))
        #expect(html.contains("<title>Papierkorb · MediaShare</title>"))
        #expect(html.contains("vor 2 Stunden"))
        #expect(html.contains("3,1 GiB von 10 GiB belegt"))
    }

    @Test("No page keeps an English sentence in German", arguments: SamplePage.all)
    func nothingForgotten(sample: SamplePage) throws {
        let german = try #require(Self.german)
        let html = Language.$current.withValue(german) { sample.html }
        for sentence in [
            "Skip to the content", "Search the library", "Log out", "Keyboard shortcuts", "Go to the library",
        ] {
            #expect(!html.contains(sentence))
        }
    }
}
