package import HTTPTypes

/// What a server knows of the bytes that a request selects.
package struct Representation: Sendable, Equatable {
    package let length: Int
    package let entityTag: EntityTag?
    package let lastModified: HTTPDate?

    package init(length: Int, entityTag: EntityTag?, lastModified: HTTPDate?) {
        self.length = length
        self.entityTag = entityTag
        self.lastModified = lastModified
    }
}

/// How a request for a representation is to be answered.
package enum RangeDecision: Sendable, Equatable {
    /// 200 with everything.
    case whole
    /// 206 with one part and `Content-Range`.
    case part(Range<Int>)
    /// 206 as `multipart/byteranges`, at least two parts.
    case parts([Range<Int>])
    /// 416 with `Content-Range: bytes */length`.
    case unsatisfiable
    /// 304.
    case notModified
    /// 412.
    case preconditionFailed
}

extension Representation {
    /// Evaluates the conditional fields in the order of RFC 9110 §13.2.2, then `Range`.
    ///
    /// - Parameter now: the server's clock; a date one second old at least is a strong validator (§8.8.2.2).
    package func decision(method: HTTPRequest.Method, headers: HTTPFields, now: HTTPDate) -> RangeDecision {
        let reads = method == .get || method == .head
        if let field = headers[.ifMatch] {
            guard matches(EntityTagList(parsing: field), by: { $0.stronglyEquals($1) }) else {
                return .preconditionFailed
            }
        } else if let since = date(headers[.ifUnmodifiedSince], now), let lastModified, lastModified > since {
            return .preconditionFailed
        }
        if let field = headers[.ifNoneMatch] {
            if matches(EntityTagList(parsing: field), by: { $0.weaklyEquals($1) }) {
                return reads ? .notModified : .preconditionFailed
            }
        } else if reads, let since = date(headers[.ifModifiedSince], now), let lastModified, lastModified <= since {
            return .notModified
        }
        // Range is defined for GET alone (RFC 9110 §14.2).
        guard method == .get, let field = headers[.range], mayUseRange(headers[.ifRange], now) else { return .whole }
        guard let set = ByteRangeSet(parsing: field) else { return .whole }
        switch set.resolved(length: length) {
        case .whole: return .whole
        case .part(let range): return .part(range)
        case .parts(let ranges): return .parts(ranges)
        case .unsatisfiable: return .unsatisfiable
        }
    }

    private func matches(_ list: EntityTagList, by equals: (EntityTag, EntityTag) -> Bool) -> Bool {
        switch list {
        case .any:
            // The representation exists, or there would be nothing to decide.
            return true
        case .tags(let tags):
            guard let entityTag else { return false }
            return tags.contains { equals(entityTag, $0) }
        }
    }

    /// `If-Range` (RFC 9110 §13.1.5): absent, or exactly the validator of what would be sent.
    private func mayUseRange(_ field: String?, _ now: HTTPDate) -> Bool {
        guard let field else { return true }
        if let tag = EntityTag(parsing: field) { return entityTag?.stronglyEquals(tag) ?? false }
        guard let asked = date(field, now), let lastModified else { return false }
        return asked == lastModified && lastModified.secondsSince1970 < now.secondsSince1970
    }

    /// A recipient ignores a conditional date that is not valid (RFC 9110 §13.1.3, §13.1.4).
    private func date(_ field: String?, _ now: HTTPDate) -> HTTPDate? {
        field.flatMap { HTTPDate(parsing: $0, now: now) }
    }
}
