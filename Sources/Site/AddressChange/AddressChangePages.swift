import Web

/// The form for another address.
struct ChangeEmailPage: Page {
    let email: String
    let isConfirmed: Bool
    let form: FormState

    /// - Parameters:
    ///   - email: the address that the account has.
    ///   - isConfirmed: whether it was ever confirmed; only then is it told of the change.
    ///   - form: the field `email`.
    init(email: String, isConfirmed: Bool, form: FormState = FormState()) {
        self.email = email
        self.isConfirmed = isConfirmed
        self.form = form
    }

    var title: String { t("Change your e-mail address") }
    var section: Section? { .account }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        <div class="stack">
        <p>\(t("Your address is \(email). It stays until you open the link that we send to the new one."))</p>
        \(isConfirmed ? told : nil)
        \(form.errorSummary())
        \(HTML.form(Links.changeEmail, class: "form", fields))
        </div>
        """
    }

    private var told: HTML {
        "<p class=\"soft\">\(t("The old address is told, and can take the change back for 7 days."))</p>"
    }

    private var fields: HTML {
        """
        \(form.textField("email", label: t("New e-mail address"), kind: .email, required: true, autocomplete: "email", maximumLength: 254, autofocus: true))
        <div class="form-actions">\(HTML.submit(t("Send the link")))\
        <a class="button" href="\(Links.profile)">\(t("Change nothing"))</a></div>
        """
    }
}

/// One button: programs that look into mails open links, and must not change anything.
struct ConfirmEmailPage: Page {
    let email: String
    let token: String

    var title: String { t("Confirm your new address") }
    var shell: Shell { .focused }

    func main(in frame: Frame) -> HTML {
        let fields: HTML = """
            <input type="hidden" name="token" value="\(token)">
            <div class="form-actions">\
            \(HTML.submit(t("Use this address"), class: "button button-primary button-wide"))</div>
            """
        return """
            <h1>\(title)</h1>
            <p class="focused-lead">\(t("From now on you log in at \(frame.brand.name) with \(email)."))</p>
            \(HTML.form(Links.confirmEmail(), class: "form", fields))
            """
    }
}

/// For whoever reads the old address: takes a change back, and whoever made it out of the account.
struct KeepEmailPage: Page {
    let email: String
    let token: String

    var title: String { t("Keep your address?") }
    var shell: Shell { .focused }

    func main(in frame: Frame) -> HTML {
        let fields: HTML = """
            <input type="hidden" name="token" value="\(token)">
            <div class="form-actions">\
            \(HTML.submit(t("It was not me"), class: "button button-bad button-wide"))</div>
            """
        return """
            <h1>\(title)</h1>
            <p class="focused-lead">\(t("Your account goes on with the address \(email). Everybody is logged out, API tokens are revoked, and the password works no more: we send you a link to choose a new one."))</p>
            \(HTML.form(Links.keepEmail(), class: "form", fields))
            <p class="focused-foot">\(t("If you changed the address yourself, just close this page."))</p>
            """
    }
}
