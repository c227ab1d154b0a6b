import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Site

/// Every route for every member of the cast, against a committed table: a leak is a difference of one character in it,
/// and a new route without a line fails.
@Suite("Who may do what")
struct AccessMatrixTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "access-matrix.txt")

    @Test("Every route answers every member of the cast as the table says", arguments: Engine.available)
    func matrix(engine: Engine) async throws {
        try await withSite(engine) { site in
            let private_ = try await site.item(of: site.cast.uma, visibility: "private")
            var lines = ["route".padding(44) + "visitor uma otto sam rita root"]
            for route in site.routes where route.method != .head {
                let members: [Cast.Member?] = [
                    nil, site.cast.uma, site.cast.otto, site.cast.sam, site.cast.rita, site.cast.root,
                ]
                var cells: [String] = []
                for member in members {
                    cells.append(try await status(of: route, for: member, item: private_, in: site))
                }
                lines.append("\(route.method.rawValue) \(route.path)".padding(44) + cells.joined(separator: " "))
            }
            let found = lines.joined(separator: "\n") + "\n"
            if ProcessInfo.processInfo.environment["MEDIASHARE_RECORD_SNAPSHOTS"] != nil {
                try found.write(to: Self.file, atomically: true, encoding: .utf8)
            }
            let expected = try String(contentsOf: Self.file, encoding: .utf8)
            #expect(found == expected)
        }
    }

    /// Acts that destroy are tried only by those who must not: a visitor and the stranger. The dot stands for the others.
    private func status(of route: Route, for member: Cast.Member?, item: String, in site: TestSite) async throws
        -> String
    {
        let browser = try await site.browser(member)
        let path = route.path.replacing(
            "{id}",
            with: route.path.contains("jobs") || route.path.contains("uploads") ? "1" : item
        )
        var headers: HTTPFields = [:]
        headers[.init("Tus-Resumable") ?? .accept] = "1.0.0"
        if route.changesSomething {
            headers[.init("X-CSRF-Token") ?? .accept] = try await browser.token()
        }
        let isMultipart = route.path == "/media/upload" && route.method == .post
        headers[.contentType] = isMultipart ? "multipart/form-data; boundary=x" : "application/x-www-form-urlencoded"
        if route.kind == .api { headers[.contentType] = "application/json" }
        let isDestructive = route.path.hasSuffix("/delete") || route.method == .delete
        if isDestructive, let member, member.id != site.cast.otto.id { return "·" }
        let body = isMultipart ? "--x--\r\n" : route.kind == .api ? "{}" : ""
        let answer = try await browser.send(
            route.method,
            path,
            headers: headers,
            body: route.changesSomething ? ByteBuffer(string: body) : nil
        )
        return String(answer.status.code)
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(1, width - count))
    }
}
