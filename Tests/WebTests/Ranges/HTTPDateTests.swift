import Foundation
import Testing

@testable import Web

@Suite("Dates of HTTP")
struct HTTPDateTests {
    private let now = HTTPDate(secondsSince1970: 1_763_800_000)

    @Test("What is written is read again, over four thousand years")
    func roundTrip() {
        for seconds in stride(from: -62_000_000_000, to: 64_000_000_000, by: 98_765_431) {
            let date = HTTPDate(secondsSince1970: seconds)
            #expect(HTTPDate(parsing: date.text, now: now) == date, "\(date.text)")
        }
    }

    @Test("Days agree with the calendar of the system")
    func calendar() throws {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        for seconds in stride(from: 0, to: 5_000_000_000, by: 9_876_543) {
            let expected = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
            #expect(HTTPDate(secondsSince1970: seconds).text == expected)
        }
    }

    @Test("A two-digit year belongs to the century that keeps it within fifty years ahead")
    func century() {
        #expect(HTTPDate(parsing: "Sunday, 06-Nov-94 08:49:37 GMT", now: now)?.text == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate(parsing: "Friday, 06-Nov-26 08:49:37 GMT", now: now)?.text == "Fri, 06 Nov 2026 08:49:37 GMT")
    }

    @Test(
        "What is no date is none",
        arguments: [
            "", "GMT", "Sun, 06 Nov 1994", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:49:37 +0000", "Sun, 31 Jun 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 94 08:49:37 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
            "Sunday, 06-Nov-1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "Sun Nov 6 08:49:37 94",
        ]
    )
    func malformed(text: String) {
        #expect(HTTPDate(parsing: text, now: now) == nil)
    }
}
