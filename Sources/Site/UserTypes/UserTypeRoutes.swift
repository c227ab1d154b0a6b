import Core
import Hummingbird
import Web

/// User types in an administrator's hands.
struct UserTypeRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/admin/user-types", .may(.manageAll), "The user types", list)
        routes.get("/admin/user-types/add", .may(.manageAll), "The form for another user type", addForm)
        routes.form("/admin/user-types/add", .may(.manageAll), "Make another user type", add)
        routes.get("/admin/user-types/{id}", .may(.manageAll), "The form to change a user type", editForm)
        routes.form("/admin/user-types/{id}", .may(.manageAll), "Change a user type", edit)
    }

    private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        site.page(UserTypeList(types: try await site.platform.userTypes.all()), context)
    }

    private func addForm(_ request: Request, _ context: ProvenContext) async throws -> Response {
        site.page(UserTypeForm(type: nil), context)
    }

    private func add(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        try await site.form(fields, context) {
            try await site.platform.userTypes.add(fields.text("code"), UserTypeChange(fields), in: context.scope)
            return site.redirect(to: Links.userTypes, saying: t("There is another user type."))
        } again: { form in
            UserTypeForm(type: nil, form: form)
        }
    }

    private func editForm(_ request: Request, _ context: ProvenContext) async throws -> Response {
        let type = try await site.platform.userTypes.find(try context.parameter("id"))
        let standard = try await site.platform.userTypes.standard()
        return site.page(UserTypeForm(type: type, isDefault: standard?.id == type.id), context)
    }

    private func edit(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let type = try await site.platform.userTypes.find(try context.parameter("id"))
        return try await site.form(fields, context) {
            try await site.platform.userTypes.edit(type.code, UserTypeChange(fields), in: context.scope)
            return site.redirect(to: Links.userTypes, saying: t("The changes are saved."))
        } again: { form in
            UserTypeForm(type: type, form: form)
        }
    }
}

extension UserTypeChange {
    init(_ fields: FormFields) {
        let names = ["storage", "daily_upload", "file", "streams", "best_height", "customers", "customer_levels"]
        self.init(
            name: fields.text("name"),
            permissions: fields.all("permissions"),
            isDefault: fields.isOn("is_default"),
            limits: Dictionary(uniqueKeysWithValues: names.map { ($0, fields.text($0)) })
        )
    }
}

extension Links {
    static let userTypes = Link(path: "admin", "user-types")
    static let userTypeAdd = Link(path: "admin", "user-types", "add")
    static func userType(_ code: String) -> Link { Link(path: "admin", "user-types", code) }
}
