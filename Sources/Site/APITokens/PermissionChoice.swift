import Core
import Web

/// What a token may do: a check box for each permission that the account has.
struct PermissionChoice: Sendable {
    let form: FormState
    let permissions: [Permission]

    var html: HTML {
        let problem = form.problems.first { $0.field == "permissions" }
        return """
            <fieldset class="field" id="field-permissions"\
            \(HTML.attribute("aria-describedby", problem.map { _ in "field-permissions-error" }))>\
            <legend class="field-label">\(t("May"))</legend>
            <div class="choices">\(permissions.map(choice))</div>
            \(problem.map { "<p class=\"field-error\" id=\"field-permissions-error\">\($0.message)</p>" } as HTML?)
            </fieldset>
            """
    }

    private func choice(_ permission: Permission) -> HTML {
        let id = "permission-\(permission.rawValue)"
        return """
            <label class="choice" for="\(id)">\
            <input type="checkbox" id="\(id)" name="permissions" value="\(permission.rawValue)"\
            \(HTML.flag("checked", form.fields.all("permissions").contains(permission.rawValue)))>\
            <span class="choice-name">\(permission.name)</span></label>

            """
    }
}
