import Foundation
import HTTPTypes

/// What stands above a part's bytes.
package struct MultipartPart: Sendable, Hashable {
    /// The form field's name.
    package let name: String
    /// The file's name without any folders; nil for a field that is no file.
    package let filename: String?
    package let contentType: String?

    init(head: String) throws(RequestProblem) {
        var fields: [String: String] = [:]
        for line in head.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw .badMultipart }
            fields[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimming([" ", "\t"])
        }
        guard let disposition = fields["content-disposition"].map({ HeaderParameters($0) }),
            disposition.value == "form-data", let name = disposition["name"], !name.isEmpty
        else { throw .badMultipart }
        self.name = name
        // RFC 7578 §4.2: `filename*` must not be used in forms; some clients do, and mean it.
        filename = (disposition["filename"] ?? disposition.extended("filename")).map(Self.lastComponent)
        contentType = fields["content-type"]
    }

    /// Old browsers send the whole path, with slashes of either kind.
    private static func lastComponent(_ path: String) -> String {
        path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map { String($0) } ?? ""
    }
}

/// A header value with parameters: `form-data; name="a"; filename="b.mp4"`. Names are compared without case.
struct HeaderParameters {
    let value: String
    private var parameters: [String: String] = [:]

    init(_ text: String) {
        var pieces: [String] = []
        var piece = ""
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if isQuoted, !isEscaped, character == "\\" {
                isEscaped = true
                piece.append(character)
                continue
            }
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = false
            if character == ";", !isQuoted {
                pieces.append(piece)
                piece = ""
            } else {
                piece.append(character)
            }
        }
        pieces.append(piece)
        value = pieces[0].trimming([" ", "\t"]).lowercased()
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = piece[..<equals].trimming([" ", "\t"]).lowercased()
            let raw = piece[piece.index(after: equals)...].trimming([" ", "\t"])
            if parameters[name] == nil { parameters[name] = Self.unquoted(raw) }
        }
    }

    subscript(name: String) -> String? { parameters[name] }

    /// `name*=UTF-8''percent%20encoded` (RFC 8187).
    func extended(_ name: String) -> String? {
        guard let text = parameters[name + "*"], text.lowercased().hasPrefix("utf-8'") else { return nil }
        let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? parts[2].removingPercentEncoding : nil
    }

    var boundary: String? {
        guard value == "multipart/form-data", let boundary = parameters["boundary"],
            (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F })
        else { return nil }
        return boundary
    }

    /// Browsers write `%22` for a quote and a backslash as it is; others escape with a backslash.
    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        return String(text.dropFirst().dropLast()).replacing("\\\"", with: "\"").replacing("%22", with: "\"")
    }
}

extension RequestProblem {
    static let notMultipart = RequestProblem(
        .unsupportedMediaType, "not_multipart", "This form must be sent as multipart/form-data.")
    static let badMultipart = RequestProblem(
        .badRequest, "bad_multipart", "The form could not be read. Please send it again.")
    static let unfinishedMultipart = RequestProblem(
        .badRequest, "unfinished_multipart", "The form ended too early. Please send it again.")
    static let tooManyParts = RequestProblem(
        .contentTooLarge, "too_many_parts", "The form has more parts than any of ours.")
}
