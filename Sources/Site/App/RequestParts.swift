import Core
import Foundation
import HTTPTypes
import Hummingbird
import Web

extension Request {
    /// A small JSON body. Throws `RequestProblem`: 413 too large, 400 not the JSON that is meant.
    func json<T: Decodable>(_ type: T.Type) async throws -> T {
        let body = try await smallBody(upTo: 256 * 1024)
        do { return try JSONDecoder().decode(type, from: Data(body.readableBytesView)) } catch {
            throw RequestProblem.badJSON
        }
    }
}

extension Parameters {
    /// Where a list goes on: `?after=…`. Throws `Failure.badCursor`.
    var cursor: Cursor? {
        get throws { try self["after"].map { try Cursor(text: String($0)) } }
    }
}

extension RequestProblem {
    static let badJSON = RequestProblem(.badRequest, "bad_json", "The body is not the JSON that is expected here.")
}
