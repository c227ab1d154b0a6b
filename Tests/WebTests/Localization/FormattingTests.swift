import Testing

@testable import Web

struct FormattingTests {
    private let german = Language(tag: "de")
    /// 2026-03-05 14:03:09 UTC.
    private let now: Int64 = 1_772_719_389_000

    @Test("Sizes have three digits at most and the right unit")
    func sizes() {
        let sizes: [(Int64, String)] = [
            (0, "0 B"), (999, "999 B"), (1000, "1.0 KiB"), (1536, "1.5 KiB"), (10_188, "9.9 KiB"), (10_189, "10 KiB"),
            (1_023_487, "999 KiB"), (1_023_488, "1.0 MiB"), (20 << 30, "20 GiB"), (3 << 39, "1.5 TiB"),
            (.max, "8,192 PiB"),
        ]
        for (bytes, text) in sizes { #expect(Language.english.size(bytes: bytes) == text) }
        #expect(german.size(bytes: 1536) == "1,5 KiB")
    }

    @Test("Durations look as in a player")
    func clocks() {
        let clocks: [(Double, String)] = [
            (0, "0:00"), (7.9, "0:07"), (245, "4:05"), (3600, "1:00:00"), (3723, "1:02:03"), (-5, "0:00"),
            (.nan, "0:00"), (.infinity, "0:00"), (360_000, "100:00:00"),
        ]
        for (seconds, text) in clocks { #expect(Language.english.clock(seconds: seconds) == text) }
    }

    @Test("Moments are relative within a week, dates after")
    func moments() {
        let minute: Int64 = 60_000
        let moments: [(Int64, String)] = [
            (0, "just now"), (59_999, "just now"), (minute, "1 minute ago"), (59 * minute, "59 minutes ago"),
            (60 * minute, "1 hour ago"), (1439 * minute, "23 hours ago"), (1440 * minute, "1 day ago"),
            (6 * 1440 * minute, "6 days ago"), (7 * 1440 * minute, "Feb 26, 2026"), (-5 * minute, "in 5 minutes"),
            (-60 * minute, "in 1 hour"), (-2880 * minute, "in 2 days"),
        ]
        for (before, text) in moments {
            #expect(Language.english.moment(milliseconds: now - before, now: now) == text)
        }
        #expect(german.date(milliseconds: now) == "5. März 2026")
        #expect(!Language.english.moment(milliseconds: .min, now: .max).isEmpty)
        #expect(!Language.english.exact(milliseconds: .max).isEmpty)
    }

    @Test("A time element has the words, the exact moment and the machine's form")
    func element() {
        let html = String(decoding: HTML.time(milliseconds: now - 60_000, now: now).bytes, as: UTF8.self)
        #expect(html.contains(#"datetime="2026-03-05T14:02:09Z""#))
        #expect(html.contains(">1 minute ago</time>"))
        #expect(html.contains("2026"))
    }
}
