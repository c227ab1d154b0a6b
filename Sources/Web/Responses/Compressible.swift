import HTTPTypes
import Hummingbird

/// Which answers are worth compressing, and who wants them so.
enum Compressible {
    /// Below it the head outweighs the gain.
    static let least = 1024

    /// Text, by its media type. Event streams are not: each event must leave at once.
    static func isText(_ contentType: String) -> Bool {
        let type = contentType.prefix { $0 != ";" }.trimming([" "]).lowercased()
        if type == "text/event-stream" { return false }
        if type.hasPrefix("text/") || type.hasSuffix("+xml") || type.hasSuffix("+json") { return true }
        return [
            "application/json", "application/javascript", "application/xml", "application/manifest+json",
            "application/vnd.apple.mpegurl",
        ].contains(type)
    }

    /// Whole text that nobody encoded before. Files offer ranges, which are ranges of their own bytes, so they stay.
    static func isCompressible(_ response: Response) -> Bool {
        switch response.status {
        case .noContent, .notModified, .partialContent, .resetContent: return false
        default: break
        }
        let headers = response.headers
        guard let type = headers[.contentType], isText(type) else { return false }
        guard !headers.contains(.contentEncoding), !headers.contains(.contentRange) else { return false }
        guard headers[.acceptRanges] != "bytes" else { return false }
        if headers[.cacheControl]?.lowercased().contains("no-transform") == true { return false }
        guard let length = headers[.contentLength].flatMap({ Int($0) }) ?? response.body.contentLength else {
            return true
        }
        return length >= least
    }

    /// Whether `Accept-Encoding` lets gzip through and does not prefer the plain bytes (RFC 9110 §12.5.3).
    static func wantsGzip(_ headers: HTTPFields) -> Bool {
        guard let field = headers[.acceptEncoding] else { return false }
        let list = QualityList(field)
        let any = list.quality { $0 == "*" }
        let gzip = list.quality { $0 == "gzip" || $0 == "x-gzip" } ?? any ?? 0
        // Plain bytes are acceptable unless refused, but only a weight of their own can outrank gzip.
        let plain = list.quality { $0 == "identity" } ?? 0
        return gzip > 0 && gzip >= plain
    }
}

extension HTTPFields {
    /// Adds a name to `Vary` unless it stands there.
    package mutating func vary(on name: String) {
        guard let present = self[.vary] else {
            self[.vary] = name
            return
        }
        let names = present.lowercased().split(separator: ",").map { $0.trimming([" ", "\t"]) }
        if !names.contains("*") && !names.contains(name.lowercased()) { self[.vary] = "\(present), \(name)" }
    }
}
