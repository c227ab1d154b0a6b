/// A request for the file of the test, and what is to come back.
struct RangeCase: Sendable, CustomStringConvertible {
    enum Expected: Sendable {
        case whole
        case part(Range<Int>)
        case parts([Range<Int>])
        case unsatisfiable
        case notModified
        case preconditionFailed
    }

    let id: String
    let method: String
    let fields: [(String, String)]
    let expected: Expected

    var description: String { "\(id) \(method) \(fields.map { "\($0.0): \($0.1.prefix(60))" })" }

    init(_ id: String, _ fields: [(String, String)], _ expected: Expected, method: String = "GET") {
        self.id = id
        self.method = method
        self.fields = fields
        self.expected = expected
    }

    init(_ id: String, range: String, _ expected: Expected, method: String = "GET") {
        self.init(id, [("Range", range)], expected, method: method)
    }
}

/// The file of the cases: longer than what is read at once, so that short parts and `sendfile` both have their turn.
enum CaseFile {
    static let length = 200_000
    static let tag = "\"a1b2\""
    static let modified = "Sun, 06 Nov 1994 08:49:37 GMT"
    static let earlier = "Sun, 06 Nov 1994 08:49:36 GMT"
    static let later = "Sun, 06 Nov 1994 08:49:38 GMT"
}

private let length = CaseFile.length
private let huge = String(repeating: "9", count: 400)

let rangeCases: [RangeCase] =
    simple + suffixes + malformed + several + methods + ifMatch + ifNoneMatch + dates + ifRange + order

private let simple: [RangeCase] = [
    RangeCase("RFC9110-14.1.2-a", range: "bytes=0-0", .part(0..<1)),
    RangeCase("RFC9110-14.1.2-a", range: "bytes=0-499", .part(0..<500)),
    RangeCase("RFC9110-14.1.2-a", range: "bytes=500-999", .part(500..<1000)),
    RangeCase("RFC9110-14.1.2-a", range: "bytes=199999-199999", .part(199_999..<length)),
    RangeCase("RFC9110-14.1.2-a", range: "bytes=1000-150000", .part(1000..<150_001)),
    RangeCase("RFC9110-14.1.2-a", range: "bytes=0000-0009", .part(0..<10)),
    RangeCase("RFC9110-14.1.2-b", range: "bytes=0-", .part(0..<length)),
    RangeCase("RFC9110-14.1.2-b", range: "bytes=9500-", .part(9500..<length)),
    RangeCase("RFC9110-14.1.2-b", range: "bytes=199999-", .part(199_999..<length)),
    RangeCase("RFC9110-14.1.2-e", range: "bytes=100-200000", .part(100..<length)),
    RangeCase("RFC9110-14.1.2-e", range: "bytes=199990-999999", .part(199_990..<length)),
    RangeCase("RFC9110-14.1.2-e", range: "bytes=0-199999", .part(0..<length)),
    RangeCase("RFC9110-14.1.2-f", range: "bytes=10-\(huge)", .part(10..<length)),
    RangeCase("RFC9110-14.1.2-f", range: "bytes=-\(huge)", .part(0..<length)),
    RangeCase("RFC9110-14.1.2-f", range: "bytes=\(huge)-", .unsatisfiable),
    RangeCase("RFC9110-14.1.2-f", range: "bytes=\(huge)-\(huge)", .unsatisfiable),
    RangeCase("RFC9110-14.1.2-f", range: "bytes=9223372036854775807-9223372036854775808", .unsatisfiable),
    RangeCase("RFC9110-14.1.2-f", range: "bytes=0-18446744073709551615", .part(0..<length)),
    RangeCase("RFC9110-14.1.2-g", range: "bytes=200000-", .unsatisfiable),
    RangeCase("RFC9110-14.1.2-g", range: "bytes=200000-200001", .unsatisfiable),
    RangeCase("RFC9110-14.1.2-g", range: "bytes=300000-,10-19", .part(10..<20)),
    RangeCase("RFC9110-14.1.2-g", range: "bytes=-0,-1", .part(199_999..<length)),
    RangeCase("RFC9110-15.5.17-a", range: "bytes=200000-,300000-400000,-0", .unsatisfiable),
    RangeCase("RFC9110-14.4-a", range: "bytes=7-8", .part(7..<9)),
    RangeCase("RFC9110-14.4-b", range: "bytes=999999-", .unsatisfiable),
    RangeCase("RFC9110-14.3-a", [], .whole),
    RangeCase("RFC9110-8.8.2-a", range: "bytes=3-4", .part(3..<5)),
    RangeCase("RFC9110-8.8.3-a", range: "bytes=4-5", .part(4..<6)),
]

private let suffixes: [RangeCase] = [
    RangeCase("RFC9110-14.1.2-c", range: "bytes=-1", .part(199_999..<length)),
    RangeCase("RFC9110-14.1.2-c", range: "bytes=-500", .part(199_500..<length)),
    RangeCase("RFC9110-14.1.2-c", range: "bytes=-100000", .part(100_000..<length)),
    RangeCase("RFC9110-14.1.2-d", range: "bytes=-200000", .part(0..<length)),
    RangeCase("RFC9110-14.1.2-d", range: "bytes=-200001", .part(0..<length)),
    RangeCase("RFC9110-14.1.2-g", range: "bytes=-0", .unsatisfiable),
]

private let malformed: [RangeCase] = [
    RangeCase("RFC9110-14.1-a", range: "Bytes=0-4", .part(0..<5)),
    RangeCase("RFC9110-14.1-a", range: "BYTES=-5", .part(199_995..<length)),
    RangeCase("RFC9110-14.1-b", range: "seconds=0-4", .whole),
    RangeCase("RFC9110-14.1-b", range: "items=-5", .whole),
    RangeCase("RFC9110-14.1-b", range: "=0-4", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=,", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=-", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=5", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=a-b", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=0x0-0x9", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=--5", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=1-2-3", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=+1-2", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=1 - 2", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes 0-4", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=0-4,x", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=0-4;q=1", .whole),
    RangeCase("RFC9110-14.1.1-a", range: "bytes=0-4, bytes=6-9", .whole),
    RangeCase("RFC9110-14.1.1-b", range: "bytes=5-4", .whole),
    RangeCase("RFC9110-14.1.1-b", range: "bytes=0-4,9-8", .whole),
]

private let several: [RangeCase] = [
    RangeCase("RFC9110-14.6-a", range: "bytes=0-9,20-29", .parts([0..<10, 20..<30])),
    RangeCase("RFC9110-14.6-a", range: "bytes=0-0,-1", .parts([0..<1, 199_999..<length])),
    RangeCase("RFC9110-14.6-a", range: "bytes=0-79999,100000-", .parts([0..<80_000, 100_000..<length])),
    RangeCase("RFC9110-14.6-a", range: "bytes= 0-9 , 20-29 ", .parts([0..<10, 20..<30])),
    RangeCase("RFC9110-14.6-a", range: "bytes=,0-9,,20-29,", .parts([0..<10, 20..<30])),
    RangeCase("RFC9110-15.3.7.2-a", range: "bytes=1-1,3-3,5-5", .parts([1..<2, 3..<4, 5..<6])),
    RangeCase("RFC9110-15.3.7.2-b", range: "bytes=0-9,5-19", .part(0..<20)),
    RangeCase("RFC9110-15.3.7.2-b", range: "bytes=0-9,10-19", .part(0..<20)),
    RangeCase("RFC9110-15.3.7.2-b", range: "bytes=0-9,30-39,5-29", .part(0..<40)),
    RangeCase("RFC9110-15.3.7.2-b", range: "bytes=0-99,10-19,200-209", .parts([0..<100, 200..<210])),
    RangeCase("RFC9110-15.3.7.2-b", range: "bytes=7-7,7-7,7-7", .part(7..<8)),
    RangeCase("RFC9110-15.3.7.2-c", range: "bytes=100-109,0-9", .parts([100..<110, 0..<10])),
    RangeCase("RFC9110-15.3.7.2-c", range: "bytes=-5,0-4", .parts([199_995..<length, 0..<5])),
    RangeCase("RFC9110-15.3.7.2-c", range: "bytes=40-49,999999-,0-9", .parts([40..<50, 0..<10])),
    RangeCase("RFC9110-15.3.7.2-d", range: "bytes=40-49,999999-", .part(40..<50)),
    RangeCase("RFC9110-14.2-b", range: "bytes=0-,0-,0-", .whole),
    RangeCase("RFC9110-14.2-b", range: "bytes=0-,-1", .whole),
    RangeCase(
        "RFC9110-14.2-b",
        range: "bytes=" + (0..<32).map { "\($0 * 10)-\($0 * 10)" }.joined(separator: ","),
        .parts((0..<32).map { $0 * 10..<$0 * 10 + 1 })
    ),
    RangeCase(
        "RFC9110-14.2-b",
        range: "bytes=" + (0..<33).map { "\($0 * 10)-\($0 * 10)" }.joined(separator: ","),
        .whole
    ),
]

private let methods: [RangeCase] = [
    RangeCase("RFC9110-14.2-a", range: "bytes=0-4", .whole, method: "HEAD"),
    RangeCase("RFC9110-14.2-a", range: "bytes=999999-", .whole, method: "HEAD"),
    RangeCase("RFC9110-14.2-a", range: "bytes=0-4", .whole, method: "POST"),
    RangeCase("RFC9110-9.3.2-a", [], .whole, method: "HEAD"),
    RangeCase("RFC9110-8.6-a", [], .whole, method: "HEAD"),
]

private let ifMatch: [RangeCase] = [
    RangeCase("RFC9110-13.1.1-a", [("If-Match", CaseFile.tag)], .whole),
    RangeCase("RFC9110-13.1.1-a", [("If-Match", "\"x\", \"a1b2\"")], .whole),
    RangeCase("RFC9110-13.1.1-a", [("If-Match", CaseFile.tag), ("Range", "bytes=0-4")], .part(0..<5)),
    RangeCase("RFC9110-13.1.1-b", [("If-Match", "*")], .whole),
    RangeCase("RFC9110-13.1.1-c", [("If-Match", "\"x\"")], .preconditionFailed),
    RangeCase("RFC9110-13.1.1-c", [("If-Match", "\"x\", \"y\"")], .preconditionFailed, method: "HEAD"),
    RangeCase("RFC9110-13.1.1-c", [("If-Match", "a1b2")], .preconditionFailed),
    RangeCase("RFC9110-13.1.1-c", [("If-Match", "\"x\""), ("Range", "bytes=0-4")], .preconditionFailed),
    RangeCase("RFC9110-13.1.1-d", [("If-Match", "W/\"a1b2\"")], .preconditionFailed),
    RangeCase("RFC9110-8.8.3-a", [("If-Match", "\"zz\"")], .preconditionFailed),
]

private let ifNoneMatch: [RangeCase] = [
    RangeCase("RFC9110-13.1.2-a", [("If-None-Match", CaseFile.tag)], .notModified),
    RangeCase("RFC9110-13.1.2-a", [("If-None-Match", CaseFile.tag)], .notModified, method: "HEAD"),
    RangeCase("RFC9110-13.1.2-a", [("If-None-Match", "\"x\"")], .whole),
    RangeCase("RFC9110-13.1.2-a", [("If-None-Match", "\"A1B2\"")], .whole),
    RangeCase("RFC9110-13.1.2-b", [("If-None-Match", "W/\"a1b2\"")], .notModified),
    RangeCase("RFC9110-13.1.2-c", [("If-None-Match", "\"x\",W/\"y\" , \"a1b2\"")], .notModified),
    RangeCase("RFC9110-13.1.2-c", [("If-None-Match", "\"x,a1b2\"")], .whole),
    RangeCase("RFC9110-13.1.2-c", [("If-None-Match", "\"x\""), ("If-None-Match", "\"a1b2\"")], .notModified),
    RangeCase("RFC9110-13.1.2-c", [("If-None-Match", "*")], .notModified),
    RangeCase("RFC9110-13.1.2-c", [("If-None-Match", ", ,\"a1b2\"")], .notModified),
    RangeCase("RFC9110-13.1.2-d", [("If-None-Match", CaseFile.tag)], .preconditionFailed, method: "POST"),
    RangeCase("RFC9110-13.1.2-d", [("If-None-Match", "*")], .preconditionFailed, method: "POST"),
    RangeCase("RFC9110-15.4.5-a", [("If-None-Match", CaseFile.tag), ("Range", "bytes=0-4")], .notModified),
]

private let dates: [RangeCase] = [
    RangeCase("RFC9110-13.1.3-a", [("If-Modified-Since", CaseFile.modified)], .notModified),
    RangeCase("RFC9110-13.1.3-a", [("If-Modified-Since", CaseFile.later)], .notModified),
    RangeCase("RFC9110-13.1.3-a", [("If-Modified-Since", CaseFile.earlier)], .whole),
    RangeCase("RFC9110-13.1.3-b", [("If-Modified-Since", CaseFile.later), ("If-None-Match", "\"x\"")], .whole),
    RangeCase("RFC9110-13.1.3-c", [("If-Modified-Since", "yesterday")], .whole),
    RangeCase("RFC9110-13.1.3-c", [("If-Modified-Since", "Sun, 31 Feb 2100 08:49:37 GMT")], .whole),
    RangeCase("RFC9110-13.1.3-c", [("If-Modified-Since", "Sun, 06 Nov 2100 08:49:37 CET")], .whole),
    RangeCase("RFC9110-13.1.3-d", [("If-Modified-Since", CaseFile.later)], .whole, method: "POST"),
    RangeCase("RFC9110-5.6.7-a", [("If-Modified-Since", "Sunday, 06-Nov-94 08:49:37 GMT")], .notModified),
    RangeCase("RFC9110-5.6.7-a", [("If-Modified-Since", "Sun Nov  6 08:49:37 1994")], .notModified),
    RangeCase("RFC9110-5.6.7-a", [("If-Modified-Since", "Sunday, 06-Nov-94 08:49:36 GMT")], .whole),
    RangeCase("RFC9110-13.1.4-a", [("If-Unmodified-Since", CaseFile.earlier)], .preconditionFailed),
    RangeCase("RFC9110-13.1.4-a", [("If-Unmodified-Since", CaseFile.modified)], .whole),
    RangeCase("RFC9110-13.1.4-a", [("If-Unmodified-Since", CaseFile.earlier)], .preconditionFailed, method: "POST"),
    RangeCase("RFC9110-13.1.4-b", [("If-Unmodified-Since", CaseFile.earlier), ("If-Match", CaseFile.tag)], .whole),
    RangeCase("RFC9110-13.1.4-c", [("If-Unmodified-Since", "0")], .whole),
]

private let ifRange: [RangeCase] = [
    RangeCase("RFC9110-13.1.5-a", [("Range", "bytes=0-4"), ("If-Range", CaseFile.tag)], .part(0..<5)),
    RangeCase("RFC9110-13.1.5-a", [("Range", "bytes=999999-"), ("If-Range", CaseFile.tag)], .unsatisfiable),
    RangeCase("RFC9110-13.1.5-b", [("Range", "bytes=0-4"), ("If-Range", "\"x\"")], .whole),
    RangeCase("RFC9110-13.1.5-b", [("Range", "bytes=999999-"), ("If-Range", "\"x\"")], .whole),
    RangeCase("RFC9110-13.1.5-b", [("Range", "bytes=0-4"), ("If-Range", "\"a1b2\", \"x\"")], .whole),
    RangeCase("RFC9110-13.1.5-b", [("Range", "bytes=0-4"), ("If-Range", "*")], .whole),
    RangeCase("RFC9110-13.1.5-c", [("Range", "bytes=0-4"), ("If-Range", "W/\"a1b2\"")], .whole),
    RangeCase("RFC9110-13.1.5-d", [("Range", "bytes=0-4"), ("If-Range", CaseFile.modified)], .part(0..<5)),
    RangeCase("RFC9110-13.1.5-e", [("Range", "bytes=0-4"), ("If-Range", CaseFile.later)], .whole),
    RangeCase("RFC9110-13.1.5-e", [("Range", "bytes=0-4"), ("If-Range", CaseFile.earlier)], .whole),
    RangeCase("RFC9110-13.1.5-e", [("Range", "bytes=0-4"), ("If-Range", "nonsense")], .whole),
    RangeCase("RFC9110-13.1.5-f", [("If-Range", "\"x\"")], .whole),
]

private let order: [RangeCase] = [
    RangeCase("RFC9110-13.2.2-a", [("If-Match", "\"x\""), ("If-None-Match", CaseFile.tag)], .preconditionFailed),
    RangeCase("RFC9110-13.2.2-a", [("If-Match", CaseFile.tag), ("If-None-Match", CaseFile.tag)], .notModified),
    RangeCase("RFC9110-13.2.2-a", [("If-Match", "\"x\""), ("Range", "bytes=999999-")], .preconditionFailed),
    RangeCase("RFC9110-13.2.2-a", [("If-None-Match", CaseFile.tag), ("Range", "bytes=999999-")], .notModified),
    RangeCase("RFC9110-13.2.2-a", [("If-Modified-Since", CaseFile.later), ("Range", "bytes=0-4")], .notModified),
    RangeCase(
        "RFC9110-13.2.2-a",
        [("If-None-Match", "\"x\""), ("If-Range", "\"x\""), ("Range", "bytes=0-4")],
        .whole
    ),
]
