import Core
import Web

/// The people whom one manages: search, filters, and acts on several at once.
struct PeopleList: Page {
    let request: PeopleRequest
    let people: PeoplePage
    let types: [UserType]

    var title: String { t("People") }
    var section: Section? { .administration }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1><div class="page-head-actions">\
        <a class="button" href="\(Links.peopleExport(request))" download>\(t("Export as CSV"))</a>\
        <a class="button" href="\(Links.peopleImport)">\(t("Import"))</a>\
        <a class="button button-primary" href="\(Links.personAdd)">\(t("Add somebody"))</a></div></div>
        \(PeopleFilter(request: request, types: types).html)
        \(people.list.items.isEmpty ? empty(in: frame) : list(in: frame))
        \(people.list.next.map { HTML.more(Links.people(request, after: $0.text)) })
        """
    }

    private func list(in frame: Frame) -> HTML {
        """
        <p class="soft" role="status">\(count)</p>
        \(HTML.form(Links.peopleAct, PeopleTable(people: people, types: types).html(in: frame)))
        """
    }

    private var count: String {
        guard let count = people.count else {
            return t("More than \(Language.current.number(PeoplePage.mostCounted)) accounts")
        }
        return tn("%1 account", "%1 accounts", count: count)
    }

    private func empty(in frame: Frame) -> HTML {
        if request.isFiltered {
            return EmptyState(
                icon: .search,
                title: t("Nobody matches"),
                text: t("A search finds the beginning of a username or of an address."),
                action: (t("Show everybody"), Links.people())
            ).html(in: frame)
        }
        return EmptyState(
            icon: .account,
            title: t("Nobody here yet"),
            text: t("People who sign up, and those whom you add, appear here."),
            action: (t("Add somebody"), Links.personAdd)
        ).html(in: frame)
    }
}

/// Filters live in the address, so that back and bookmarks work.
struct PeopleFilter: Sendable {
    let request: PeopleRequest
    let types: [UserType]

    var html: HTML {
        let states = PeopleRequest.State.allCases.map { FormState.Choice($0.rawValue, $0.name) }
        let sorts = PeopleRequest.Sort.allCases.map { FormState.Choice($0.rawValue, $0.name) }
        return """
            <form class="filters" action="\(Links.people())" method="get">
            \(FilterFields.text("q", t("Username or address"), request.search, maximumLength: 254))
            \(FilterFields.select("type", t("User type"), [.init("", t("Every type"))] + types.map(\.choice), selected: request.type))
            \(FilterFields.select("state", t("State"), [.init("", t("Every state"))] + states, selected: request.state?.rawValue))
            \(FilterFields.text("parent", t("Customer of"), request.parent, maximumLength: 32))
            \(FilterFields.select("sort", t("Order"), sorts, selected: request.sort.rawValue))
            \(HTML.submit(t("Show"), class: "button"))
            </form>
            """
    }
}

extension UserType {
    var choice: FormState.Choice { FormState.Choice(code, name) }
}
