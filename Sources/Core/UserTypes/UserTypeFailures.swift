extension Failure.FieldProblem {
    static let typeName = Failure.FieldProblem("name", "A user type has a name of 1 to 80 characters.")
    static let typeCode = Failure.FieldProblem(
        "code",
        "A code has 2 to 40 small letters, digits and underscores, and begins with a letter."
    )
    static let typeCodeTaken = Failure.FieldProblem("code", "There is a user type with this code already.")
    static let unknownPermission = Failure.FieldProblem("permissions", "There is no such permission.")
    static let permissionNotYours = Failure.FieldProblem(
        "permissions",
        "You cannot give a permission that you do not have."
    )
    static let administratorsKeepAll = Failure.FieldProblem(
        "permissions",
        "Administrators have every permission. Make another type for those who shall have less."
    )
    static let customersNeedPermission = Failure.FieldProblem(
        "permissions",
        "There are accounts of this type that have customers. Move those first."
    )
    static let administratorsNoDefault = Failure.FieldProblem(
        "is_default",
        "New accounts cannot get the rights of an administrator."
    )
    static let oneDefault = Failure.FieldProblem(
        "is_default",
        "New accounts need a type. Make another one the usual one instead."
    )

    static func noSize(_ field: String) -> Failure.FieldProblem {
        Failure.FieldProblem(field, "Type a size like 500 MB or 20 GiB, or nothing for no limit.")
    }

    static func noCount(_ field: String) -> Failure.FieldProblem {
        Failure.FieldProblem(field, "Type a whole number, or nothing for no limit.")
    }
}
