import Core
import Web

/// Handing in a list of people.
struct ImportForm: Page {
    var form = FormState()

    var title: String { t("Import people") }
    var section: Section? { .administration }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        <p>\(t("A CSV file whose first line names its columns:")) <code>username</code>, <code>email</code>, \
        <code>pw_hashed</code>, <code>user_type</code>, <code>parent</code>. \
        \(t("The first two are needed. Passwords keep working when pw_hashed is as Werkzeug writes it."))</p>
        \(form.errorSummary())
        \(HTML.form(Links.peopleImport, multipart: true, class: "form", fields))
        """
    }

    private var fields: HTML {
        """
        \(form.fileField("file", label: t("The list"), accept: ".csv,text/csv", help: t("Nothing is changed yet: what would happen is shown first.")))
        <div class="form-actions">\(HTML.submit(t("Look at it")))</div>
        """
    }
}

/// What a list would do, or how far it is.
struct ImportShow: Page {
    let report: ImportReport

    private var list: PeopleImport { report.list }

    var title: String {
        switch list.state {
        case .checked: tn("Import %1 person?", "Import %1 people?", count: report.ready)
        case .running: t("People are being imported")
        case .done: tn("%1 person was imported", "%1 people were imported", count: list.added)
        }
    }
    var section: Section? { .administration }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(state(in: frame))
        """
    }

    private func state(in frame: Frame) -> HTML {
        switch list.state {
        case .checked: checked
        case .running:
            """
            <p><progress max="\(list.total)" value="\(list.position)" aria-label="\(title)"></progress></p>
            <p>\(t("\(Language.current.number(list.position)) of \(Language.current.number(list.total)) lines are done."))</p>
            <p><a class="button" href="\(Links.peopleImport(list.publicID))">\(t("Look again"))</a></p>
            """
        case .done:
            """
            <p>\(tn("%1 line was left out.", "%1 lines were left out.", count: list.total - list.added))</p>
            <p><a class="button" href="\(Links.people())">\(t("To the people"))</a></p>
            """
        }
    }

    private var checked: HTML {
        let left = list.total - report.ready
        let start = HTML.form(
            Links.peopleImportStart(list.publicID),
            class: "form-actions",
            """
            \(HTML.submit(t("Import them")))<a class="button" href="\(Links.peopleImport)">\(t("Another list"))</a>
            """
        )
        return """
            <p>\(tn("%1 line has something wrong with it and is left out.", "%1 lines have something wrong with them and are left out.", count: left))</p>
            \(report.problems.isEmpty ? nil : problems)
            \(report.ready > 0 ? start : "<p><a class=\"button\" href=\"\(Links.peopleImport)\">\(t("Another list"))</a></p>")
            """
    }

    private var problems: HTML {
        """
        <table class="table"><thead><tr><th scope="col" class="number">\(t("Line"))</th><th scope="col">\(t("Username"))</th>\
        <th scope="col">\(t("Problem"))</th></tr></thead>
        <tbody>\(report.problems.map(row))</tbody></table>
        """
    }

    private func row(_ problem: ImportReport.Problem) -> HTML {
        """
        <tr><td class="number">\(problem.line)</td><td>\(String(problem.username.prefix(64)))</td>\
        <td>\(problem.problem.words)</td></tr>

        """
    }
}
