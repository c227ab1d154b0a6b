import Core
import Web

/// A letter's sentences, from which its text and its HTML are made: neither can say what the other does not.
struct LetterContent: Sendable {
    let subject: String
    private let brand: String
    private let greeting: String
    private let opening: String
    private let action: (label: String, url: String)?
    private let closing: String

    init(
        _ letter: Letter,
        subject: String,
        opening: String,
        action: (label: String, url: String)?,
        closing: String
    ) {
        self.subject = subject
        brand = letter.brand
        greeting = t("Hello \(letter.username),")
        self.opening = opening
        self.action = action
        self.closing = closing
    }

    /// The link stands on a line of its own, so that every program finds its end.
    var text: String {
        ([greeting, opening] + (action.map { [$0.url] } ?? []) + [closing, "– \(brand)", ""]).joined(separator: "\n\n")
    }

    /// Mail programs know no style sheets, so here, and only here, styles stand at their elements.
    var document: HTML {
        """
        <!doctype html>
        <html lang="\(Language.current.tag)"\(HTML.attribute("dir", Language.current.isRightToLeft ? "rtl" : nil))>
        <head><meta charset="utf-8"><title>\(subject)</title></head>
        <body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#ffffff">
        <div style="max-width:34em;margin:0 auto">
        <p>\(greeting)</p>
        <p>\(opening)</p>
        \(button)
        <p>\(closing)</p>
        <p style="color:#5a5a5a">\(brand)</p>
        </div>
        </body>
        </html>

        """
    }

    private var button: HTML? {
        guard let action, let link = Link(external: action.url) else { return nil }
        return """
            <p><a href="\(link)" style="display:inline-block;padding:10px 18px;border-radius:8px;\
            background:#1f4fd8;color:#ffffff;text-decoration:none">\(action.label)</a></p>
            <p style="color:#5a5a5a;word-break:break-all">\(action.url)</p>
            """
    }
}
