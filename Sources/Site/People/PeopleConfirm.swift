import Core
import Web

/// Asks before several accounts are changed at once.
struct PeopleConfirm: Page {
    let act: PersonActName
    let accounts: [Account]
    /// The new one, where the type changes.
    let type: UserType?

    var title: String { act.question(accounts.count) }
    var section: Section? { .administration }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        <p>\(act.consequence)</p>
        \(type.map { "<p>\(t("New user type")): <strong>\($0.name)</strong></p>" as HTML })
        <ul class="names">\(accounts.map { "<li>\($0.username) <span class=\"soft\">\($0.email)</span></li>" as HTML })</ul>
        \(HTML.form(Links.peopleAct, class: "form-actions form-end", fields))
        """
    }

    private var fields: HTML {
        """
        \(accounts.map { "<input type=\"hidden\" name=\"id\" value=\"\($0.publicID)\">" as HTML })\
        <input type="hidden" name="act" value="\(act.rawValue)">\
        <input type="hidden" name="user_type" value="\(type?.code ?? "")">\
        <input type="hidden" name="confirmed" value="1">\
        <button class="button \(act == .suspend ? "button-bad" : "button-primary")" type="submit">\(act.label)</button>\
        <a class="button" href="\(Links.people())">\(t("Change nothing"))</a>
        """
    }
}
