import Core
import Web

/// What somebody did lately, and what was done to them.
struct PersonActivity: Sendable {
    let entries: [AuditEntry]

    func html(in frame: Frame) -> HTML {
        """
        <section class="panel" aria-labelledby="activity-title"><h2 id="activity-title">\(t("Recent activity"))</h2>
        \(entries.isEmpty ? "<p class=\"soft\">\(t("Nothing yet."))</p>" : list(in: frame))
        </section>
        """
    }

    private func list(in frame: Frame) -> HTML {
        """
        <table class="table"><thead><tr><th scope="col">\(t("What"))</th><th scope="col">\(t("From"))</th>\
        <th scope="col">\(t("When"))</th></tr></thead>
        <tbody>
        \(entries.map { row($0, in: frame) })</tbody></table>
        """
    }

    private func row(_ entry: AuditEntry, in frame: Frame) -> HTML {
        """
        <tr><td><code>\(entry.action)</code></td><td>\(entry.personal?.address ?? "–")</td>\
        <td>\(HTML.time(entry.happenedAt, now: frame.now))</td></tr>

        """
    }
}

/// Where somebody is signed in; each can be ended.
struct PersonSessions: Sendable {
    let publicID: String
    let sessions: [SessionSummary]

    func html(in frame: Frame) -> HTML {
        """
        <section class="panel" aria-labelledby="sessions-title"><h2 id="sessions-title">\(t("Signed in"))</h2>
        \(sessions.isEmpty ? "<p class=\"soft\">\(t("Nowhere."))</p>" : list(in: frame))
        </section>
        """
    }

    private func list(in frame: Frame) -> HTML {
        """
        <ul class="stack">\(sessions.map { item($0, in: frame) })</ul>
        \(HTML.form(Links.personSessions(publicID), class: "form-actions", HTML.submit(t("End all"), class: "button")))
        """
    }

    private func item(_ session: SessionSummary, in frame: Frame) -> HTML {
        let fields: HTML = """
            <input type="hidden" name="session" value="\(session.publicID)">\(HTML.submit(t("End"), class: "button"))
            """
        return """
            <li><div class="soft person-agent">\(session.userAgent.isEmpty ? "–" : session.userAgent)</div>\
            <div>\(session.address.isEmpty ? "–" : session.address) · \(HTML.time(session.lastUsedAt, now: frame.now))</div>\
            \(HTML.form(Links.personSessions(publicID), fields))</li>

            """
    }
}

/// What somebody's items take up, by type.
struct PersonStorage: Sendable {
    let account: Account
    /// Bytes; nil for no limit.
    let limit: Int64?
    let use: [KindUse]

    var html: HTML {
        """
        <section class="panel" aria-labelledby="person-storage-title">\
        <h2 id="person-storage-title">\(t("Storage"))</h2>
        <p>\(sentence)</p>
        \(use.isEmpty ? nil : table)
        </section>
        """
    }

    private var sentence: String {
        let used = Language.current.size(bytes: account.storageUsed)
        guard let limit else { return t("\(used), without a limit") }
        return t("\(used) of \(Language.current.size(bytes: limit))")
    }

    private var table: HTML {
        """
        <table class="table"><thead><tr><th scope="col">\(t("Type"))</th><th scope="col" class="number">\(t("Items"))</th>\
        <th scope="col" class="number">\(t("Size"))</th></tr></thead>
        <tbody>\(use.map(row))</tbody></table>
        """
    }

    private func row(_ use: KindUse) -> HTML {
        """
        <tr><td>\(use.kind.plural)</td><td class="number">\(Language.current.number(use.items))</td>\
        <td class="number">\(Language.current.size(bytes: use.bytes))</td></tr>

        """
    }
}

/// The newest of somebody's customers, with the way to all of them.
struct PersonCustomers: Sendable {
    let person: Person
    let customers: PeoplePage

    var html: HTML {
        """
        <section class="panel" aria-labelledby="customers-title"><h2 id="customers-title">\(t("Customers"))</h2>
        <ul class="names">\(customers.list.items.map(item))</ul>
        <p><a href="\(Links.people(PeopleRequest(parent: person.account.username)))">\(t("All customers"))</a></p>
        </section>
        """
    }

    private func item(_ account: Account) -> HTML {
        "<li><a href=\"\(Links.person(account.publicID))\">\(account.username)</a> \(account.badges)</li>"
    }
}

/// What those who manage somebody wrote down about them.
struct PersonNotes: Sendable {
    let publicID: String
    let notes: [PersonNote]
    let form: FormState

    func html(in frame: Frame) -> HTML {
        """
        <section class="panel" aria-labelledby="notes-title"><h2 id="notes-title">\(t("Notes about this person"))</h2>
        \(form.errorSummary())
        \(HTML.form(Links.personNotes(publicID), class: "form", fields))
        <ul class="stack">\(notes.map { item($0, in: frame) })</ul>
        </section>
        """
    }

    private var fields: HTML {
        """
        \(form.textArea(
            "text", label: t("Another note"), help: t("The person never sees it."), required: true, rows: 3,
            maximumLength: 2000
        ))
        <div class="form-actions">\(HTML.submit(t("Write it down"), class: "button"))</div>
        """
    }

    private func item(_ note: PersonNote, in frame: Frame) -> HTML {
        """
        <li><p class="note-text">\(note.text)</p>\
        <p class="soft">\(note.author) · \(HTML.time(note.createdAt, now: frame.now))</p></li>

        """
    }
}
