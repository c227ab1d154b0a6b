import Foundation
import Testing

@testable import Core

@Suite("Moments")
struct TimestampTests {
    @Test("They are written as RFC 3339, in every century")
    func rfc3339() {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let milliseconds = Int64.random(in: -2_000_000_000_000...32_000_000_000_000, using: &generator)
            let expected = formatter.string(from: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
            #expect(Timestamp(milliseconds: milliseconds).rfc3339 == expected, "\(milliseconds)")
        }
    }
}
