import ArgumentParser
import Core
import Foundation
import Site

/// Lists every route.
struct Routes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List every route with who may use it.",
        discussion: """
            Example:
              mediashare routes
            """
    )

    func run() async throws {
        // The table does not depend on what is stored, so a throw-away installation will do.
        let folder = FileManager.default.temporaryDirectory.path + "/mediashare-routes-\(Effects.live.publicID())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let options = try SettingsOptions.parse(["--data", folder, "--database", "sqlite:\(folder)/routes.sqlite"])
        let settings = try await options.read()
        let routes = try await Program.with(settings) { program in
            try Site(platform: program.platform, settings: settings, logger: program.logger).router().routes
        }
        Output.table(
            routes.map { route in
                return (route.name, "\(route.access)  —  \(route.summary)")
            }
        )
    }
}
