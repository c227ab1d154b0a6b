import HTTPTypes

@testable import Web

/// Conditions and ranges (RFC 9110 §13, §14): the first byte is the file's length, each line a header.
@Sendable func fuzzRange(_ input: [UInt8]) {
    guard let first = input.first else { return }
    let length = Int(first)
    let now = HTTPDate(secondsSince1970: 1_800_000_000)
    let texts = Array(input.dropFirst()).texts
    var headers = HTTPFields()
    let names: [HTTPField.Name] = [
        .range, .ifRange, .ifNoneMatch, .ifMatch, .ifModifiedSince, .ifUnmodifiedSince,
    ]
    for (name, text) in zip(names, texts) where !text.isEmpty { headers[name] = text }

    let representation = Representation(length: length, entityTag: EntityTag("a"), lastModified: now)
    switch representation.decision(method: .get, headers: headers, now: now) {
    case .part(let range):
        precondition(!range.isEmpty && range.lowerBound >= 0 && range.upperBound <= length)
    case .parts(let ranges):
        precondition(ranges.count >= 2 && ranges.count <= ByteRangeSet.most)
        let ascending = ranges.sorted { $0.lowerBound < $1.lowerBound }
        precondition(ascending.allSatisfy { !$0.isEmpty && $0.lowerBound >= 0 && $0.upperBound <= length })
        precondition(zip(ascending, ascending.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    case .whole, .unsatisfiable, .notModified, .preconditionFailed:
        break
    }
    for text in texts {
        if let date = HTTPDate(parsing: text, now: now) {
            precondition(HTTPDate(parsing: date.text, now: now) == date)
        }
        if let tag = EntityTag(parsing: text) {
            precondition(EntityTag(parsing: tag.text) == tag)
        }
    }
}
