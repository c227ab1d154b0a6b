import Core
import Web

/// The audit trail: who did what to what, and when.
struct AuditPage: Page {
    let view: AuditView
    let entries: ListPage<AuditEntry>
    let names: [ID<Account>: String]
    let actions: [String]

    var title: String { t("Audit trail") }
    var section: Section? { .administration }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1><div class="page-head-actions">\(AuditFormat.allCases.map(export))</div></div>
        \(filter)
        \(entries.items.isEmpty ? empty(in: frame) : table(in: frame))
        \(entries.next.map { HTML.more(Links.audit(view, after: $0.text)) })
        """
    }

    private func export(_ format: AuditFormat) -> HTML {
        let label =
            switch format {
            case .csv: t("Export as CSV")
            case .jsonl: t("Export as JSON lines")
            }
        return "<a class=\"button\" href=\"\(Links.auditExport(view, format))\" download>\(label)</a>"
    }

    private var filter: HTML {
        let choices = [FormState.Choice("", t("Everything"))] + actions.map { FormState.Choice($0, $0) }
        return """
            <form class="filters" action="\(Links.audit())" method="get">
            \(FilterFields.text("actor", t("Who did it"), view.actor, maximumLength: 32))
            \(FilterFields.select("action", t("What happened"), choices, selected: view.action))
            \(FilterFields.text("subject", t("To whom"), view.subject, maximumLength: 32))
            \(FilterFields.date("since", t("From the day"), view.since))
            \(FilterFields.date("until", t("To the day"), view.until))
            \(HTML.submit(t("Show"), class: "button"))
            </form>
            """
    }

    private func empty(in frame: Frame) -> HTML {
        EmptyState(
            icon: .search,
            title: t("Nothing was written down"),
            text: t("No entry is of that person, that time and that kind."),
            action: view.isFiltered ? (t("Show the whole trail"), Links.audit()) : nil
        ).html(in: frame)
    }

    private func table(in frame: Frame) -> HTML {
        """
        <table class="table table-cards">
        <thead><tr><th scope="col">\(t("When"))</th><th scope="col">\(t("Who did it"))</th>\
        <th scope="col">\(t("What happened"))</th><th scope="col">\(t("To whom or what"))</th>\
        <th scope="col">\(t("From where"))</th></tr></thead>
        <tbody>
        \(entries.items.map { AuditRow(entry: $0, names: names).html(in: frame) })</tbody>
        </table>
        """
    }
}

/// One entry, with all that it holds in a part that opens.
struct AuditRow: Sendable {
    let entry: AuditEntry
    let names: [ID<Account>: String]

    func html(in frame: Frame) -> HTML {
        """
        <tr><td data-name="\(t("When"))">\(HTML.time(entry.happenedAt, now: frame.now))</td>\
        <td data-name="\(t("Who did it"))">\(actor)</td>\
        <td><details><summary><code>\(entry.action)</code></summary>\(details)</details></td>\
        <td data-name="\(t("To whom or what"))">\(subject)</td>\
        <td data-name="\(t("From where"))">\(entry.personal?.address ?? "–")</td></tr>

        """
    }

    private var actor: HTML {
        guard let actor = entry.name(entry.actor, names) else {
            switch entry.actorKind {
            case .visitor, .account: return "\(t("A visitor"))"
            case .system: return "\(t("The program"))"
            }
        }
        guard let principal = entry.name(entry.onBehalfOf, names) else { return link(actor) }
        return "\(link(actor)) \(t("for")) \(link(principal))"
    }

    private func link(_ name: String) -> HTML {
        name.hasPrefix("#") ? "\(name)" : "<a href=\"\(Links.audit(AuditView(actor: name)))\">\(name)</a>"
    }

    private var subject: HTML {
        guard let subject = entry.subject, let name = entry.subjectName(names) else { return "–" }
        guard subject.account != nil, !name.hasPrefix("#") else { return "\(subject.kind) \(name)" }
        return "<a href=\"\(Links.audit(AuditView(subject: name)))\">\(name)</a>"
    }

    private var details: HTML {
        """
        <dl class="facts">\
        \(changes.map { fact($0.name, $0.text) })\
        \(fact(t("Request"), entry.requestID ?? "–"))\
        \(fact(t("Browser"), entry.personal?.userAgent ?? "–"))\
        \(fact(t("Place in the chain"), entry.sequence.map(String.init) ?? t("not sealed yet")))\
        \(entry.personal == nil ? fact(t("Details"), t("erased with the person")) : .empty)\
        </dl>
        """
    }

    /// `status: active → suspended` where before and after are known.
    private var changes: [(name: String, text: String)] {
        let details = entry.personal?.details ?? [:]
        return details.filter { !$0.key.hasSuffix(".before") }.sorted { $0.key < $1.key }.map { name, after in
            let before = details["\(name).before"].map { "\($0.isEmpty ? "–" : $0) → " } ?? ""
            return (name, before + (after.isEmpty ? "–" : after))
        }
    }

    private func fact(_ name: String, _ text: String) -> HTML {
        "<div><dt>\(name)</dt><dd>\(text)</dd></div>"
    }
}
