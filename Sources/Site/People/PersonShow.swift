import Core
import Web

/// One person in the hands of those who manage them.
struct PersonShow: Page {
    let person: Person
    let use: [KindUse]
    let sessions: [SessionSummary]
    let customers: PeoplePage
    let activity: [AuditEntry]
    /// The field `text` of a note.
    var form = FormState()

    private var account: Account { person.account }

    var title: String { account.username }
    var section: Section? { .administration }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1>\(account.badges)<div class="page-head-actions">\
        \(mayBeActedFor ? act : nil)\
        <a class="button" href="\(Links.personEdit(account.publicID))">\(frame.icon(.edit))\(t("Edit"))</a>\
        \(account.status == .closed ? nil : close(in: frame))</div></div>
        \(ClosingNotice(person: person).html(in: frame))
        <div class="columns">
        <div class="stack">
        \(PersonFacts(person: person).html(in: frame))
        \(PersonActivity(entries: activity).html(in: frame))
        \(PersonSessions(publicID: account.publicID, sessions: sessions).html(in: frame))
        </div>
        <div class="stack">
        \(PersonStorage(account: account, limit: person.type.limits.storage, use: use).html)
        \(customers.list.items.isEmpty ? nil : PersonCustomers(person: person, customers: customers).html)
        \(PersonNotes(publicID: account.publicID, notes: person.notes, form: form).html(in: frame))
        </div>
        </div>
        """
    }

    private var mayBeActedFor: Bool {
        account.status == .active && person.type.permissions.isDisjoint(with: Permission.administrative)
    }

    private var act: HTML {
        "<a class=\"button\" href=\"\(Links.impersonate(account.publicID))\">\(t("Act for them"))</a>"
    }

    private func close(in frame: Frame) -> HTML {
        """
        <a class="button" href="\(Links.personDelete(account.publicID))">\(frame.icon(.trash))\(t("Close"))</a>
        """
    }
}

/// What there is to know, and what can be done at once.
struct PersonFacts: Sendable {
    let person: Person

    private var account: Account { person.account }

    func html(in frame: Frame) -> HTML {
        """
        <section class="panel" aria-labelledby="facts-title"><h2 id="facts-title">\(t("Facts"))</h2>
        <dl class="facts">
        \(fact(t("E-mail"), "\(account.email)"))
        \(fact(t("User type"), "\(person.type.name)"))
        \(fact(t("State"), "\(account.status.name)"))
        \(fact(t("Customer of"), parent))
        \(fact(t("Level"), "\(person.level)"))
        \(fact(t("Customers"), "\(Language.current.number(person.customers))"))
        \(fact(t("Since"), HTML.time(account.createdAt, now: frame.now)))
        \(fact(t("Last sign-in"), lastSignIn(now: frame.now)))
        \(fact(t("Two-step sign-in"), person.hasSecondFactor ? "\(t("On"))" : "\(t("Off"))"))
        \(fact(t("Wrong tries today"), "\(Language.current.number(person.wrongTries))"))
        </dl>
        <div class="form-actions">\(acts.map(button))</div>
        </section>
        """
    }

    private func fact(_ name: String, _ value: HTML) -> HTML {
        "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
    }

    private func lastSignIn(now: Timestamp) -> HTML {
        account.lastSignInAt.map { HTML.time($0, now: now) } ?? "\(t("never"))"
    }

    private var parent: HTML {
        person.parent.map { "<a href=\"\(Links.person($0.publicID))\">\($0.username)</a>" } ?? "–"
    }

    private var acts: [PersonActName] {
        var acts: [PersonActName] = []
        switch account.status {
        case .active: acts.append(.suspend)
        case .suspended: acts.append(.activate)
        case .closed: break
        }
        if person.wrongTries > 0 { acts.append(.unlock) }
        if !account.isEmailVerified { acts.append(.verify) }
        if person.hasSecondFactor { acts.append(.resetSecondFactor) }
        return acts
    }

    private func button(_ act: PersonActName) -> HTML {
        let fields: HTML = """
            <input type="hidden" name="id" value="\(account.publicID)">\
            <button class="button" type="submit" name="act" value="\(act.rawValue)">\(act.label)</button>
            """
        return HTML.form(Links.peopleAct, fields)
    }
}
