import Core
import Web

/// The kinds of account that there are, each with what it may do and how much.
struct UserTypeList: Page {
    let types: [UserType]

    var title: String { t("User types") }
    var section: Section? { .administration }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1><div class="page-head-actions">\
        <a class="button button-primary" href="\(Links.userTypeAdd)">\(t("Another user type"))</a></div></div>
        <table class="table table-cards">
        <thead><tr><th scope="col">\(t("User type"))</th><th scope="col">\(t("May"))</th>\
        <th scope="col" class="number">\(t("Storage"))</th><th scope="col" class="number">\(t("Largest file"))</th>\
        <th scope="col" class="number">\(t("Customers"))</th></tr></thead>
        <tbody>
        \(types.map(row))</tbody>
        </table>
        """
    }

    private func row(_ type: UserType) -> HTML {
        let permissions = Permission.allCases.filter(type.may).map(\.name).joined(separator: ", ")
        return """
            <tr><td><a href="\(Links.userType(type.code))"><strong>\(type.name)</strong></a> <code>\(type.code)</code></td>\
            <td>\(permissions)</td>\
            <td class="number" data-name="\(t("Storage"))">\(size(type.limits.storage))</td>\
            <td class="number" data-name="\(t("Largest file"))">\(size(type.limits.file))</td>\
            <td class="number" data-name="\(t("Customers"))">\(count(type.limits.customers))</td></tr>

            """
    }

    private func size(_ bytes: Int64?) -> String {
        bytes.map { Language.current.size(bytes: $0) } ?? t("No limit")
    }

    private func count(_ number: Int?) -> String {
        number.map { Language.current.number($0) } ?? t("No limit")
    }
}

/// One of them, to change; or a new one.
struct UserTypeForm: Page {
    /// nil for a new one.
    let type: UserType?
    let form: FormState

    init(type: UserType?, isDefault: Bool = false, form: FormState? = nil) {
        self.type = type
        self.form = form ?? type.map { FormState(FormFields($0, isDefault: isDefault)) } ?? FormState()
    }

    var title: String { type.map { t("User type “\($0.name)”") } ?? t("Another user type") }
    var section: Section? { .administration }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        \(HTML.form(type.map { Links.userType($0.code) } ?? Links.userTypeAdd, class: "form", fields))
        """
    }

    private var fields: HTML {
        """
        \(type == nil ? code : nil)
        \(form.textField("name", label: t("Name"), required: true, maximumLength: 80))
        <fieldset class="field" id="field-permissions"><legend class="field-label">\(t("What accounts of this type may do"))</legend>
        \(Permission.allCases.map(box))</fieldset>
        \(size("storage", t("Storage")))
        \(size("daily_upload", t("Uploads within a day")))
        \(size("file", t("Largest file")))
        \(form.textField("streams", label: t("Films at the same time"), maximumLength: 7))
        \(form.textField("best_height", label: t("Best picture, in lines"), maximumLength: 7))
        \(form.textField("customers", label: t("Customers"), maximumLength: 7))
        \(form.textField("customer_levels", label: t("Levels of customers"), maximumLength: 7))
        \(form.checkbox("is_default", label: t("New accounts get this type")))
        <div class="form-actions">\(HTML.submit(t("Save")))\
        <a class="button" href="\(Links.userTypes)">\(t("Change nothing"))</a></div>
        """
    }

    private var code: HTML {
        form.textField(
            "code",
            label: t("Code"),
            help: t("What programs call it: small letters, digits, underscores."),
            required: true,
            maximumLength: 40
        )
    }

    private func size(_ name: String, _ label: String) -> HTML {
        form.textField(name, label: label, help: t("Like 500 MB or 20 GiB; empty for no limit."), maximumLength: 20)
    }

    private func box(_ permission: Permission) -> HTML {
        let id = "permission-\(permission.rawValue)"
        let isOn = form.fields.all("permissions").contains(permission.rawValue)
        return """
            <div class="field-check"><label class="field-label" for="\(id)"><input type="checkbox" id="\(id)" \
            name="permissions" value="\(permission.rawValue)"\(HTML.flag("checked", isOn))> \(permission.name)</label></div>

            """
    }
}

extension FormFields {
    /// The form of a type as it is.
    fileprivate init(_ type: UserType, isDefault: Bool) {
        func text(_ number: Int?) -> String { number.map { String($0) } ?? "" }
        func size(_ bytes: Int64?) -> String { bytes.map { ByteCount(bytes: $0).text } ?? "" }
        var pairs = Permission.allCases.filter(type.may).map { Pair("permissions", $0.rawValue) }
        pairs += [
            Pair("name", type.name), Pair("storage", size(type.limits.storage)),
            Pair("daily_upload", size(type.limits.dailyUpload)), Pair("file", size(type.limits.file)),
            Pair("streams", text(type.limits.streams)), Pair("best_height", text(type.limits.bestHeight)),
            Pair("customers", text(type.limits.customers)), Pair("customer_levels", text(type.limits.customerLevels)),
        ]
        if isDefault { pairs.append(Pair("is_default", "1")) }
        self.init(pairs)
    }
}

extension Permission {
    /// As forms and lists call it.
    var name: String {
        switch self {
        case .manageAll: t("manage everything")
        case .manageAccounts: t("manage accounts")
        case .manageMedia: t("manage items")
        case .manageSettings: t("manage settings")
        case .seeAudit: t("see the audit trail")
        case .manageCustomers: t("have customers")
        case .upload: t("upload")
        case .share: t("share")
        case .download: t("download")
        case .useAPI: t("use the API")
        }
    }
}
