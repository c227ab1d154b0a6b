package import Core
package import Web

/// The tokens with which programs act for an account, and the form for another one.
package struct TokensPage: Page {
    let form: FormState
    let tokens: ListPage<APIToken>
    /// What a new one may be allowed; empty where the account may not use the API.
    let permissions: [Permission]
    /// The one that was just made, shown this once.
    let created: APITokens.Created?

    /// - Parameter form: fields `name`, `permissions` (several) and `lifetime`.
    package init(
        form: FormState = FormState(),
        tokens: ListPage<APIToken>,
        permissions: [Permission],
        created: APITokens.Created? = nil
    ) {
        self.form = form
        self.tokens = tokens
        self.permissions = permissions
        self.created = created
    }

    package var title: String { t("API tokens") }
    package var section: Section? { .account }
    package var scripts: [Script] { created == nil ? [] : [.copy] }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1>\
        <p class="page-lead">\(t("With a token, a program does for you what you allow it, and nothing else."))</p></div>
        \(form.errorSummary())
        \(created.map { secret($0, in: frame) })
        \(tokens.items.isEmpty ? nil : list(in: frame))
        \(permissions.isEmpty ? Notice(.info, "<p>\(t("Your account’s type may not use the API."))</p>").html(in: frame) : newToken)
        """
    }

    private func secret(_ created: APITokens.Created, in frame: Frame) -> HTML {
        """
        <section class="panel" aria-labelledby="created-title">
        <h2 id="created-title">\(t("The token “\(created.token.name)”"))</h2>
        <copy-field class="copy" data-done="\(t("Token copied"))">\
        <input type="text" value="\(created.secret)" readonly autocomplete="off" aria-label="\(t("The new token"))">\
        <button class="button" type="button" hidden>\(frame.icon(.copy))\(t("Copy"))</button></copy-field>
        <p class="panel-help">\(t("Keep it now: it is shown this once and never again."))</p>
        </section>
        """
    }

    private func list(in frame: Frame) -> HTML {
        """
        <table class="table table-cards">
        <thead><tr><th scope="col">\(t("Name"))</th><th scope="col">\(t("May"))</th>\
        <th scope="col">\(t("Last used"))</th><th scope="col">\(t("Ends"))</th>\
        <th scope="col"><span class="visually-hidden">\(t("Action"))</span></th></tr></thead>
        <tbody>
        \(tokens.items.map { TokenRow(token: $0).html(in: frame) })</tbody>
        </table>
        \(tokens.next.map { HTML.more(Links.moreTokens(after: $0.text)) })
        """
    }

    private var newToken: HTML {
        """
        <section class="section" aria-labelledby="new-title">
        <div class="section-head"><h2 id="new-title">\(t("New token"))</h2></div>
        \(HTML.form(Links.tokens, class: "form", fields))
        </section>
        """
    }

    private var fields: HTML {
        """
        \(form.textField("name", label: t("Name"), help: t("What it is for, such as the program’s name."), required: true, maximumLength: 100))
        \(PermissionChoice(form: form, permissions: permissions).html)
        \(form.select("lifetime", label: t("Lasts"), choices: TokenLifetime.allCases.map(\.choice), required: true))
        <div class="form-actions">\(HTML.submit(t("Create token"), class: "button button-primary"))</div>
        """
    }
}
