import Core
import Web

/// What happens when an account is closed, to choose and to confirm.
struct ClosingPage: Page {
    let person: Person
    let use: [KindUse]
    /// Whose customers the customers would be; nil for nobody's.
    let hasCustomers: Bool
    let form: FormState

    init(person: Person, use: [KindUse], hasCustomers: Bool, form: FormState? = nil) {
        self.person = person
        self.use = use
        self.hasCustomers = hasCustomers
        self.form = form ?? FormState(values: ["items": "trash", "customers": "up"])
    }

    var title: String { t("Close the account of \(person.account.username)?") }
    var section: Section? { .administration }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        <ul class="stack">
        <li>\(t("Whoever is signed in with it is signed out at once, and nobody can sign in any more."))</li>
        <li>\(t("For 30 days it can be restored. After that name, address, password and everything else about the person are erased for good."))</li>
        <li>\(items)</li>
        <li>\(tn("%1 account stands below it.", "%1 accounts stand below it.", count: person.customers))</li>
        </ul>
        \(HTML.form(Links.personDelete(person.account.publicID), class: "form", fields))
        """
    }

    private var items: String {
        let size = Language.current.size(bytes: use.reduce(0) { $0 + $1.bytes })
        return tn(
            "%1 item belongs to it, %2.",
            "%1 items belong to it, %2.",
            count: use.reduce(0) { $0 + $1.items },
            size
        )
    }

    private var fields: HTML {
        """
        \(form.select("items", label: t("Its items"), choices: itemChoices, required: true))
        \(form.textField("heir", label: t("Who gets them"), help: t("A username, when they are handed over."), maximumLength: 32))
        \(hasCustomers ? customers : nil)
        <div class="form-actions"><button class="button button-bad" type="submit">\(t("Close the account"))</button>\
        <a class="button" href="\(Links.person(person.account.publicID))">\(t("Change nothing"))</a></div>
        """
    }

    private var itemChoices: [FormState.Choice] {
        ClosingChoice.Items.allCases.map { items in
            switch items {
            case .trash: FormState.Choice(items.rawValue, t("To the trash; they come back with the account"))
            case .handOver: FormState.Choice(items.rawValue, t("To somebody else, for good"))
            }
        }
    }

    private var customers: HTML {
        let up = person.parent.map { t("To \($0.username)") } ?? t("To nobody")
        let choices = ClosingChoice.Customers.allCases.map { customers in
            switch customers {
            case .up: FormState.Choice(customers.rawValue, up)
            case .other: FormState.Choice(customers.rawValue, t("To somebody else"))
            }
        }
        return """
            \(form.select("customers", label: t("Its customers"), choices: choices, required: true))
            \(form.textField(
                "customers_to", label: t("Whose customers they become"), help: t("A username, for somebody else."),
                maximumLength: 32
            ))
            """
    }
}

/// On a closed account's page: until when it can come back.
struct ClosingNotice: Sendable {
    let person: Person

    func html(in frame: Frame) -> HTML? {
        guard person.account.status == .closed else { return nil }
        guard let closing = person.closing else { return box(t("This account is closed."), in: frame) }
        if closing.erasedAt != nil {
            return Notice(.bad, "<p>\(t("This account was erased."))</p>").html(in: frame)
        }
        let date = Language.current.date(milliseconds: closing.eraseAt.milliseconds)
        return box(t("This account is closed. It is erased on \(date)."), in: frame)
    }

    private func box(_ text: String, in frame: Frame) -> HTML {
        let restore = HTML.form(
            Links.personRestore(person.account.publicID),
            HTML.submit(t("Restore it"), class: "button")
        )
        return Notice(.warn, "<p>\(text)</p>\(restore)").html(in: frame)
    }
}
