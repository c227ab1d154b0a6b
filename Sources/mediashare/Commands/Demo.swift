import ArgumentParser
import Core
import Foundation
import NIOCore
import ServiceLifecycle

/// Fills an installation with a believable platform.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill the database with people and some 60 items, to look at.",
        discussion: """
            Makes five people, all with the password "\(Demo.password)", and their films, photos, songs and papers, and
            works on them until every one is ready. Meant for an empty installation; running it again adds what is missing.

            Examples:
              mediashare demo --data /tmp/demo && mediashare serve --data /tmp/demo
              mediashare demo --data /tmp/demo --items 12
            """
    )

    static let password = "look-around-2026"

    @OptionGroup var options: SettingsOptions

    @Option(help: "How many items to make at most.")
    var items = DemoCatalogue.items.count

    func run() async throws {
        let settings = try await options.read()
        try await Program.with(settings) { program in
            let people = try await DemoPeople(platform: program.platform).make()
            let folder = FileManager.default.temporaryDirectory.path + "/mediashare-demo-\(Effects.live.publicID())"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let files = DemoFiles(folder: folder)
            for (index, item) in DemoCatalogue.spread(items).enumerated() {
                guard let owner = people[item.owner] else { continue }
                let path = try await files.make(item)
                _ = try await program.platform.uploads.storeWhole(
                    filename: String(path.split(separator: "/").last ?? "item"),
                    title: item.title,
                    visibility: item.isPublic ? "public" : "private",
                    body: FileChunks(path: path),
                    in: owner
                )
                try FileManager.default.removeItem(atPath: path)
                Output.line("\(index + 1)/\(items) \(item.title)")
            }
            Output.line("Working on them …")
            try await program.workOff()
            Output.line(
                "Done. Sign in as root@example.org, rita@, sam@, uma@ or otto@example.org; password: \(Demo.password)"
            )
        }
    }
}

extension Program {
    /// Runs jobs until none waits that is due.
    fileprivate func workOff() async throws {
        let group = ServiceGroup(services: [try jobRunner()], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for kind in ["media.process", "media.encode"] as [JobKind] {
                while try await platform.jobs.pending(kind) > 0 { try await Task.sleep(for: .seconds(1)) }
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}

/// The cast of the demo.
struct DemoPeople {
    let platform: Platform

    /// Answers everybody's scope by name.
    func make() async throws -> [String: Scope] {
        var scopes: [String: Scope] = [:]
        var ids: [String: ID<Account>] = [:]
        let cast: [(name: String, type: String, parent: String?)] = [
            ("root", "admin", nil), ("rita", "reseller", nil), ("sam", "reseller", "rita"), ("uma", "premium", "sam"),
            ("otto", "premium", nil),
        ]
        for person in cast {
            let email = "\(person.name)@example.org"
            let account: Account
            do {
                account = try await platform.accounts.byEmail(email, in: .system())
            } catch let failure as Failure where failure == .notFound {
                account = try await platform.accounts.create(
                    NewAccount(
                        username: person.name,
                        email: email,
                        password: Demo.password,
                        typeCode: person.type,
                        parent: person.parent.flatMap { ids[$0] }
                    ),
                    in: .system()
                )
            }
            ids[person.name] = account.id
            scopes[person.name] = try await platform.accounts.scope(for: account.id)
        }
        return scopes
    }
}

/// A file as a stream of chunks.
struct FileChunks: AsyncSequence {
    let path: String

    struct AsyncIterator: AsyncIteratorProtocol {
        let handle: FileHandle

        mutating func next() async throws -> ByteBuffer? {
            guard let data = try handle.read(upToCount: 256 * 1024), !data.isEmpty else {
                try handle.close()
                return nil
            }
            return ByteBuffer(bytes: data)
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        // A file that cannot be opened is an empty stream, which the platform refuses with a reason.
        AsyncIterator(handle: FileHandle(forReadingAtPath: path) ?? .nullDevice)
    }
}
