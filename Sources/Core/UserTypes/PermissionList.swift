/// Permissions as the database keeps them: a JSON list of their names. Names are plain words, so no JSON parser is
/// needed on every request's way. A name that this program does not know is a newer program's and gives nothing here.
struct PermissionList {
    let permissions: Set<Permission>

    init(_ permissions: Set<Permission>) {
        self.permissions = permissions
    }

    init(stored: String) {
        permissions = Set(stored.split(separator: "\"").compactMap { Permission(rawValue: String($0)) })
    }

    var stored: String {
        let names = Permission.allCases.filter(permissions.contains).map { "\"\($0.rawValue)\"" }
        return "[\(names.joined(separator: ","))]"
    }
}
