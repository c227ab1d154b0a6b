#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A moment with a resolution of one second, as `Last-Modified` and its friends carry it (RFC 9110 §5.6.7).
package struct HTTPDate: Sendable, Hashable, Comparable {
    package let secondsSince1970: Int

    package init(secondsSince1970: Int) { self.secondsSince1970 = secondsSince1970 }

    /// This second.
    package static var now: HTTPDate { HTTPDate(secondsSince1970: time(nil)) }

    package static func < (left: HTTPDate, right: HTTPDate) -> Bool { left.secondsSince1970 < right.secondsSince1970 }

    /// The preferred form: `Sun, 06 Nov 1994 08:49:37 GMT`. Written byte by byte, for every answer with a file has one.
    package var text: String {
        let days = secondsSince1970.flooredDivision(by: 86_400)
        let second = secondsSince1970 - days * 86_400
        let date = CivilDate(daysSince1970: days)
        return String(unsafeUninitializedCapacity: 29) { space in
            var count = 0
            func write(_ text: some Sequence<UInt8>) {
                for byte in text {
                    space[count] = byte
                    count += 1
                }
            }
            func write(twoDigits number: Int) {
                write(CollectionOfOne(UInt8(truncatingIfNeeded: 0x30 + number / 10 % 10)))
                write(CollectionOfOne(UInt8(truncatingIfNeeded: 0x30 + number % 10)))
            }
            write(HTTPDate.weekdays[(days + 4).flooredRemainder(by: 7)].utf8)
            write(", ".utf8)
            write(twoDigits: date.day)
            write(" ".utf8)
            write(HTTPDate.months[date.month - 1].utf8)
            write(" ".utf8)
            write(twoDigits: date.year / 100)
            write(twoDigits: date.year)
            for part in [second / 3600, second / 60 % 60, second % 60] {
                write(count == 16 ? " ".utf8 : ":".utf8)
                write(twoDigits: part)
            }
            write(" GMT".utf8)
            return count
        }
    }

    /// Any of the three forms that a recipient must accept: IMF-fixdate, RFC 850 (`Sunday, 06-Nov-94 08:49:37 GMT`)
    /// and asctime (`Sun Nov  6 08:49:37 1994`). Nil for everything else.
    ///
    /// - Parameter now: decides the century of a two-digit year: one that seems to lie more than 50 years ahead is
    ///   the most recent past year with the same last digits.
    package init?(parsing text: String, now: HTTPDate) {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
        let moment: HTTPDate?
        switch words.count {
        case 6 where words[5] == "GMT":
            moment = HTTPDate(day: words[1], month: words[2], year: Int(digits: words[3], 4), clock: words[4])
        case 4 where words[3] == "GMT":
            let parts = words[1].split(separator: "-").map(String.init)
            guard parts.count == 3, let short = Int(digits: parts[2], 2) else { return nil }
            let thisYear = CivilDate(daysSince1970: now.secondsSince1970.flooredDivision(by: 86_400)).year
            var year = thisYear - thisYear % 100 + short
            if year > thisYear + 50 { year -= 100 }
            moment = HTTPDate(day: parts[0], month: parts[1], year: year, clock: words[2])
        case 5:
            let day = words[2].count == 1 ? "0" + words[2] : words[2]
            moment = HTTPDate(day: day, month: words[1], year: Int(digits: words[4], 4), clock: words[3])
        default:
            return nil
        }
        guard let moment else { return nil }
        self = moment
    }

    private init?(day: String, month: String, year: Int?, clock: String) {
        let time = clock.split(separator: ":", omittingEmptySubsequences: false).map { Int(digits: String($0), 2) }
        guard time.count == 3, let hour = time[0], let minute = time[1], let second = time[2] else { return nil }
        // A leap second is legal; it counts as the second after.
        guard hour < 24, minute < 60, second <= 60 else { return nil }
        guard let year, let day = Int(digits: day, 2), let month = HTTPDate.months.firstIndex(of: month) else {
            return nil
        }
        let date = CivilDate(year: year, month: month + 1, day: day)
        guard CivilDate(daysSince1970: date.daysSince1970) == date else { return nil }
        secondsSince1970 = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

/// A day of the proleptic Gregorian calendar. The arithmetic counts years from March, so that the leap day is a
/// year's last, in eras of 400 years (146,097 days).
private struct CivilDate: Equatable {
    let year: Int
    let month: Int
    let day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = shifted.flooredDivision(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSince1970: Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear.flooredDivision(by: 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension Int {
    fileprivate func flooredDivision(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    fileprivate func flooredRemainder(by divisor: Int) -> Int { self - flooredDivision(by: divisor) * divisor }

    /// A number written with exactly `count` decimal digits and nothing else.
    fileprivate init?(digits text: String, _ count: Int) {
        guard text.utf8.count == count, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self.init(text)
    }
}
