import TestSupport
import Testing

@testable import Core

@Suite("What devices say, byte by byte")
struct PasskeyBytesTests {
    private let ceremony = PasskeyCeremony(site: RelyingParty(id: "localhost", origin: "http://localhost"))

    private func read(_ bytes: [UInt8]) -> CBOR? {
        var reader = CBORReader(bytes)
        return try? reader.value()
    }

    @Test("Values of RFC 8949, appendix A")
    func values() {
        #expect(read([0x00]) == .integer(0) && read([0x17]) == .integer(23) && read([0x18, 0x64]) == .integer(100))
        #expect(read([0x1B, 0, 0, 0, 0xE8, 0xD4, 0xA5, 0x10, 0]) == .integer(1_000_000_000_000))
        #expect(read([0x20]) == .integer(-1) && read([0x39, 0x03, 0xE7]) == .integer(-1000))
        #expect(read([0x3B, 0x7F, 255, 255, 255, 255, 255, 255, 255]) == .integer(.min))
        #expect(read([0x44, 1, 2, 3, 4]) == .bytes([1, 2, 3, 4]) && read([0x62, 0xC3, 0xBC]) == .text("ü"))
        #expect(read([0x64, 0x49, 0x45, 0x54, 0x46]) == .text("IETF"))
        #expect(read([0x83, 1, 2, 3]) == .array([.integer(1), .integer(2), .integer(3)]))
        #expect(read([0xA2, 1, 2, 3, 4]) == .map([.integer(1): .integer(2), .integer(3): .integer(4)]))
        #expect(read([0xF4]) == .bool(false) && read([0xF5]) == .bool(true) && read([0xF6]) == .null)
    }

    @Test(
        "What is cut short, too deep, too long, doubled or of another kind is refused",
        arguments: [
            [], [0x18], [0x19, 1], [0x1B, 255, 255, 255, 255, 255, 255, 255, 255], [0x1C], [0x1F], [0x42, 1],
            [0x5B, 0x7F, 255, 255, 255, 255, 255, 255, 255], [0x5F, 0x41, 1, 0xFF], [0x61, 0xFF], [0x81], [0x9F, 0xFF],
            [0x9B, 0x7F, 255, 255, 255, 255, 255, 255, 255], [0xBB, 0x7F, 255, 255, 255, 255, 255, 255, 255],
            [0xA1, 1],
            [0xA2, 1, 2, 1, 3], [0xC0, 0x60], [0xF7], [0xF9, 0x3C, 0x00], [0xFF],
            Array(repeating: 0x81, count: 100_000) + [0],
        ] as [[UInt8]]
    )
    func malformed(bytes: [UInt8]) {
        #expect(read(bytes) == nil)
    }

    @Test(
        "An attestation is read whole or not at all, wherever it is cut",
        arguments: [PasskeyKey.Algorithm.es256, .edDSA]
    )
    func truncated(algorithm: PasskeyKey.Algorithm) throws {
        let device = SoftwareDevice(algorithm)
        let whole = device.attestation
        #expect(try ceremony.registered(whole).0.id == device.id)
        for length in whole.indices {
            #expect(throws: PasskeyProblem.malformed) { try ceremony.registered(Array(whole[..<length])) }
        }
        #expect(throws: PasskeyProblem.malformed) { try ceremony.registered(whole + [0]) }
        let data = device.data(withKey: true)
        for length in data.indices {
            #expect(throws: PasskeyProblem.self) { try AuthenticatorData(Array(data[..<length])) }
        }
        #expect(throws: PasskeyProblem.malformed) { try AuthenticatorData(data + [0]) }
    }

    @Test("No byte of an attestation that is changed at random brings the reader down")
    func mutated() {
        var random = SeededRandom(seed: 20_261_122)
        let whole = SoftwareDevice(.es256).attestation
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            _ = try? ceremony.registered(bytes)
        }
    }

    @Test("A signature holds for its own bytes only", arguments: [PasskeyKey.Algorithm.es256, .edDSA])
    func signatures(algorithm: PasskeyKey.Algorithm) throws {
        let device = SoftwareDevice(algorithm)
        let key = try ceremony.registered(device.attestation).0.key
        let signature = try device.sign([1, 2, 3])
        #expect(key.verifies(signature, of: [1, 2, 3]))
        #expect(!key.verifies(signature, of: [1, 2, 4]) && !key.verifies([], of: [1, 2, 3]))
        for length in signature.indices { #expect(!key.verifies(Array(signature[..<length]), of: [1, 2, 3])) }
    }

    @Test("A point that is not on the curve is no key")
    func offCurve() {
        let point = Array(repeating: UInt8(7), count: 32)
        let key = CBOR.map([
            .integer(1): .integer(2), .integer(3): .integer(-7), .integer(-1): .integer(1), .integer(-2): .bytes(point),
            .integer(-3): .bytes(point),
        ])
        #expect(throws: PasskeyProblem.unknownAlgorithm) { try PasskeyKey(cose: key) }
    }
}
