import CArgon2

/// Argon2id (RFC 9106) by libargon2, with hashes as PHC strings.
enum Argon2id {
    static let saltLength = 16
    static let hashLength = 32

    /// A PHC string, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
    static func hash(_ password: [UInt8], salt: [UInt8], cost: PasswordCost) throws(PasswordHashingFailed) -> String {
        let length = argon2_encodedlen(
            cost.passes,
            cost.memoryKiB,
            cost.lanes,
            UInt32(salt.count),
            UInt32(hashLength),
            Argon2_id
        )
        var encoded = [CChar](repeating: 0, count: length)
        let code = argon2id_hash_encoded(
            cost.passes,
            cost.memoryKiB,
            cost.lanes,
            password,
            password.count,
            salt,
            salt.count,
            hashLength,
            &encoded,
            encoded.count
        )
        guard code == ARGON2_OK.rawValue else { throw PasswordHashingFailed(code: code) }
        return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether `stored`, whose cost was looked at before, is a hash of the password.
    static func verify(_ password: [UInt8], against stored: String) -> Bool {
        argon2id_verify(stored, password, password.count) == ARGON2_OK.rawValue
    }

    /// The cost that a PHC string asks for, or nil when it is no Argon2id string of the current version.
    static func cost(of stored: String) -> PasswordCost? {
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19",
            stored.utf8.count <= 512, stored.utf8.allSatisfy({ $0 != 0 && $0 < 128 })
        else { return nil }
        let parameters = parts[3].split(separator: ",", omittingEmptySubsequences: false)
        guard parameters.count == 3,
            let memory = number(parameters[0], named: "m="),
            let passes = number(parameters[1], named: "t="),
            let lanes = number(parameters[2], named: "p=")
        else { return nil }
        return PasswordCost(memoryKiB: memory, passes: passes, lanes: lanes)
    }

    private static func number(_ text: Substring, named name: String) -> UInt32? {
        guard text.hasPrefix(name) else { return nil }
        let digits = text.dropFirst(name.count)
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return UInt32(digits)
    }
}
