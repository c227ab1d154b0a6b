import Core
import Foundation
import HTTPTypes
import Persistence
import TestSupport
import Testing

@testable import Site

/// Every route for every member of the cast, and where it names an object, for that of every member: one's own, that of
/// somebody whom one manages, and a stranger's. What comes out is compared with a committed table: a leak is a
/// difference of one character in it, and a new route without a line fails.
@Suite("Who may do what")
struct AccessMatrixTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "access-matrix.txt")

    @Test("Every route answers every member of the cast as the table says", arguments: Engine.available)
    func matrix(engine: Engine) async throws {
        try await withSite(engine) { site in
            let objects = try await AccessObjects(site)
            // Streams end at once, as they do when the program is stopped; nobody here would read on and on.
            site.platform.notificationFeed.close()
            // What one request plays would count against the next one's.
            _ = try await site.database.write { db in try db.execute("UPDATE user_type SET streams = NULL") }
            let asking = [nil, site.cast.uma, site.cast.otto, site.cast.sam, site.cast.rita, site.cast.root]
            var lines = [line("", "", ["visitor", "uma", "otto", "sam", "rita", "root"])]
            for route in site.routes {
                let owners = route.path.contains("{id}") ? objects.owners.map { Optional($0) } : [nil]
                for owner in owners {
                    var cells: [String] = []
                    for member in asking {
                        let object = try await owner.asyncMap { try await objects.object(for: route, of: $0) } ?? ""
                        cells.append(try await answer(to: route, object, member, in: site))
                    }
                    lines.append(line(route.name, owner.map { "of \($0.account.username)" } ?? "", cells))
                }
            }
            let found = lines.joined(separator: "\n") + "\n"
            if ProcessInfo.processInfo.environment["MEDIASHARE_RECORD_SNAPSHOTS"] != nil {
                try found.write(to: Self.file, atomically: true, encoding: .utf8)
            }
            let expected = try String(contentsOf: Self.file, encoding: .utf8)
            #expect(found == expected)
        }
    }

    /// The status; of a route that answers GET that of HEAD, too, where it is another.
    private func answer(to route: Route, _ object: String, _ member: Cast.Member?, in site: TestSite) async throws
        -> String
    {
        let browser = try await site.browser(member)
        let request = try await AccessRequest(route, object: object, in: browser)
        let status = try await browser.send(request, route.method)
        guard route.method == .get else { return status }
        let head = try await browser.send(request, .head)
        return head == status ? status : "\(status)/\(head)"
    }

    private func line(_ route: String, _ owner: String, _ cells: [String]) -> String {
        let columns = route.padding(36) + owner.padding(8) + cells.map { $0.padding(8) }.joined()
        return columns.replacing(/\ +$/, with: "")
    }
}

extension Optional {
    fileprivate func asyncMap<T>(_ transform: (Wrapped) async throws -> T) async rethrows -> T? {
        guard let self else { return nil }
        return try await transform(self)
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(1, width - count))
    }
}
