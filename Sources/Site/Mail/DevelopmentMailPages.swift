import Core
package import Web

/// Mails that were not sent, on a machine for development.
package struct DevelopmentMailList: Page {
    package struct Item: Sendable {
        package let name: String
        package let to: String
        package let subject: String
        package let date: String

        package init(name: String, to: String, subject: String, date: String) {
            self.name = name
            self.to = to
            self.subject = subject
            self.date = date
        }
    }

    let items: [Item]

    package init(items: [Item]) {
        self.items = items
    }

    package var title: String { t("Mails of this machine") }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        <p>\(t("Without a mail server, mails are kept here instead of being sent. Only this machine sees them."))</p>
        <ul class="stack" role="list">\(items.map(entry))</ul>
        \(items.isEmpty ? "<p>\(t("There is none yet."))</p>" as HTML : nil)
        """
    }

    private func entry(_ item: Item) -> HTML {
        """
        <li class="panel"><p><a href="\(Links.developmentMail(item.name))">\(item.subject)</a></p>
        <p class="panel-help">\(item.to) · \(item.date)</p></li>

        """
    }
}

/// One of them, as text; lines that are addresses lead there.
package struct DevelopmentMailShow: Page {
    let subject: String
    let to: String
    let text: String

    package init(subject: String, to: String, text: String) {
        self.subject = subject
        self.to = to
        self.text = text
    }

    package var title: String { subject }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(subject)</h1></div>
        <p class="panel-help">\(to)</p>
        <div class="panel">
        \(text.split(separator: "\n\n").map { paragraph($0) })</div>
        <p><a href="\(Links.developmentMails)">\(t("Mails of this machine"))</a></p>
        """
    }

    private func paragraph(_ text: Substring) -> HTML {
        guard !text.contains(" "), let link = Link(external: String(text)) else { return "<p>\(text)</p>\n" }
        return "<p><a href=\"\(link)\">\(text)</a></p>\n"
    }
}
