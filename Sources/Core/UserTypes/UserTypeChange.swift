/// A user type as a form describes it.
package struct UserTypeChange: Sendable, Hashable {
    package let name: String
    /// Names of permissions.
    package let permissions: [String]
    /// New accounts get this type.
    package let isDefault: Bool
    /// By the name of its field: `20 GB`, `3`; blank for no limit.
    package let limits: [String: String]

    package init(name: String, permissions: [String], isDefault: Bool, limits: [String: String]) {
        self.name = name
        self.permissions = permissions
        self.isDefault = isDefault
        self.limits = limits
    }

    struct Checked: Sendable {
        let name: String
        let permissions: Set<Permission>
        let limits: UserType.Limits
    }

    /// Throws one `Failure` with every field that needs another look.
    func check() throws(Failure) -> Checked {
        var problems: [Failure.FieldProblem] = []
        let name = name.trimmed
        if !(1...80).contains(name.codePoints) { problems.append(.typeName) }
        let known = permissions.compactMap(Permission.init)
        if known.count != permissions.count { problems.append(.unknownPermission) }
        func bytes(_ field: String) -> Int64? {
            guard let text = self.limits[field]?.trimmed, !text.isEmpty else { return nil }
            guard let size = ByteCount(text) else {
                problems.append(.noSize(field))
                return nil
            }
            return size.bytes
        }
        func number(_ field: String, from least: Int = 0) -> Int? {
            guard let text = self.limits[field]?.trimmed, !text.isEmpty else { return nil }
            guard let number = Int(text), (least...1_000_000).contains(number) else {
                problems.append(.noCount(field))
                return nil
            }
            return number
        }
        let limits = UserType.Limits(
            storage: bytes("storage"),
            dailyUpload: bytes("daily_upload"),
            file: bytes("file"),
            streams: number("streams"),
            bestHeight: number("best_height", from: 1),
            customers: number("customers"),
            customerLevels: number("customer_levels")
        )
        guard problems.isEmpty else { throw .invalid(problems) }
        return Checked(name: name, permissions: Set(known), limits: limits)
    }
}

/// A number of bytes as people write it: `500 MB`, `1.5 TB`, `20 GiB`, `1000`.
package struct ByteCount: Sendable, Hashable {
    package let bytes: Int64

    package init(bytes: Int64) {
        self.bytes = bytes
    }

    private static let units: [(name: String, size: Int64)] = [
        ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("TB", 1_000_000_000_000),
        ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000), ("B", 1),
    ]

    package init?(_ text: String) {
        let text = text.trimmed.lowercased()
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
        let unit = String(text.dropFirst(digits.count)).trimmed
        guard let number = Double(digits.replacing(",", with: ".")),
            let size = unit.isEmpty ? 1 : Self.units.first(where: { $0.name.lowercased() == unit })?.size
        else { return nil }
        let bytes = (number * Double(size)).rounded()
        guard bytes >= 0, bytes < 1e18 else { return nil }
        self.bytes = Int64(bytes)
    }

    /// In the largest unit that divides it, so that it is read back as it was.
    package var text: String {
        let unit = Self.units.first { bytes >= $0.size && bytes.isMultiple(of: $0.size) }
        return unit.map { "\(bytes / $0.size) \($0.name)" } ?? "0"
    }
}
