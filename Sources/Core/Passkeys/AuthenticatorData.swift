/// What a device says and signs (WebAuthn §6.1).
struct AuthenticatorData: Sendable {
    struct Credential: Sendable {
        let id: [UInt8]
        let key: PasskeyKey
    }

    /// SHA-256 of the site's id, as the device knows it.
    let siteHash: [UInt8]
    let isPresent: Bool
    /// By a fingerprint, a PIN or the like.
    let isVerified: Bool
    let counter: Int64
    /// Only where a new key is made.
    let credential: Credential?

    private static let longestID = 1023

    init(_ bytes: [UInt8]) throws(PasskeyProblem) {
        guard bytes.count >= 37 else { throw .malformed }
        siteHash = Array(bytes[..<32])
        let flags = bytes[32]
        isPresent = flags & 0x01 != 0
        isVerified = flags & 0x04 != 0
        counter = bytes[33..<37].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        var rest = bytes[37...]
        credential = flags & 0x40 == 0 ? nil : try Self.credential(&rest)
        if flags & 0x80 != 0 {
            var reader = CBORReader(rest)
            guard case .some(.map) = try? reader.value() else { throw .malformed }
            rest = reader.rest
        }
        guard rest.isEmpty else { throw .malformed }
    }

    private static func credential(_ rest: inout ArraySlice<UInt8>) throws(PasskeyProblem) -> Credential {
        // Sixteen bytes name the kind of device, and two more the length of the id.
        guard rest.count >= 18 else { throw .malformed }
        let length = rest.dropFirst(16).prefix(2).reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(18)
        guard (1...longestID).contains(length), length <= rest.count else { throw .malformed }
        let id = Array(rest.prefix(length))
        var reader = CBORReader(rest.dropFirst(length))
        guard let key = try? reader.value() else { throw .malformed }
        rest = reader.rest
        return Credential(id: id, key: try PasskeyKey(cose: key))
    }
}
