import Core
import Web

/// Everything of an account that those who manage it can change.
struct PersonEditPage: Page {
    let person: Person
    let types: [UserType]
    let form: FormState

    /// - Parameter form: as it was sent; nil shows what the account is.
    init(person: Person, types: [UserType], form: FormState? = nil) {
        self.person = person
        self.types = types
        let account = person.account
        self.form =
            form
            ?? FormState(values: [
                "username": account.username, "email": account.email, "user_type": account.typeCode,
                "status": account.status.rawValue, "parent": person.parent?.username ?? "",
            ])
    }

    var title: String { t("Edit \(person.account.username)") }
    var section: Section? { .administration }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        \(HTML.form(Links.personEdit(person.account.publicID), class: "form", fields))
        """
    }

    private var fields: HTML {
        """
        <input type="hidden" name="version" value="\(person.account.version)">\
        \(form.textField("username", label: t("Username"), required: true, maximumLength: 32))
        \(form.textField("email", label: t("E-mail"), kind: .email, required: true, maximumLength: 254))
        \(form.select("user_type", label: t("User type"), choices: typeChoices, required: true))
        \(form.select("status", label: t("State"), choices: states, required: true))
        \(form.textField("parent", label: t("Customer of"), help: t("A username; empty for nobody’s."), maximumLength: 32))
        <div class="form-actions">\(HTML.submit(t("Save")))\
        <a class="button" href="\(Links.person(person.account.publicID))">\(t("Change nothing"))</a></div>
        """
    }

    /// The present type stays in the list even where one could not give it.
    private var typeChoices: [FormState.Choice] {
        let isListed = types.contains { $0.code == person.type.code }
        return (isListed ? types : [person.type] + types).map(\.choice)
    }

    private var states: [FormState.Choice] {
        let present = person.account.status
        let states: [Account.Status] = present == .closed ? [.closed] : [.active, .suspended]
        return states.map { FormState.Choice($0.rawValue, $0.name) }
    }
}

/// An account for somebody else.
struct PersonAddPage: Page {
    var form = FormState(values: ["user_type": "basic"])
    let types: [UserType]
    /// Whether a link can be sent with which the person chooses a password.
    let canInvite: Bool

    var title: String { t("Add somebody") }
    var section: Section? { .administration }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        \(HTML.form(Links.personAdd, class: "form", fields))
        """
    }

    private var fields: HTML {
        let help = canInvite ? t("Leave it empty to send a link with which the person chooses one.") : nil
        return """
            \(form.textField("username", label: t("Username"), required: true, autocomplete: "off", maximumLength: 32))
            \(form.textField("email", label: t("E-mail"), kind: .email, required: true, autocomplete: "off"))
            \(form.passwordField("password", label: t("Password"), help: help, required: !canInvite, autocomplete: "new-password"))
            \(form.select("user_type", label: t("User type"), choices: types.map(\.choice), required: true))
            \(form.textField("parent", label: t("Customer of"), help: t("A username; empty for nobody’s."), maximumLength: 32))
            <div class="form-actions">\(HTML.submit(t("Add this person")))</div>
            """
    }
}
