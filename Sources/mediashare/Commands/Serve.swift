import ArgumentParser
import Core
import ServiceLifecycle
import Site
import Web

/// Runs the web site, and the jobs beside it unless told otherwise.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the web site and the jobs.",
        discussion: """
            Examples:
              mediashare serve
              mediashare serve --host 0.0.0.0 --port 80
              mediashare serve --no-jobs                         jobs run elsewhere, by `mediashare worker`
              mediashare serve --database postgres://localhost/mediashare --data /var/lib/mediashare
            """
    )

    @OptionGroup var options: SettingsOptions

    @Option(help: "The address to listen on; the same as MEDIASHARE_HOST.")
    var host: String?

    @Option(help: "The port to listen on; the same as MEDIASHARE_PORT.")
    var port: Int?

    @Flag(name: .customLong("no-jobs"), help: "Leave the jobs to `mediashare worker`.")
    var withoutJobs = false

    func run() async throws {
        let settings = try await options.read(adding: [
            "MEDIASHARE_HOST": host, "MEDIASHARE_PORT": port.map { String($0) },
        ])
        try await Program.with(settings) { program in
            try await program.platform.recover()
            let setup = try await program.platform.adminSetup.issue()
            let site = try Site(platform: program.platform, settings: settings, logger: program.logger)
            let web = try site.service { address in
                Output.line("MediaShare \(Version.text) is ready: \(settings.baseURL) (listening on \(address))")
                if let setup {
                    Output.line("Make the administrator's account here: \(settings.baseURL)/setup?token=\(setup)")
                }
            }
            var services: [any Service] = [web]
            if !withoutJobs { services.append(try program.jobRunner()) }
            try await program.run(services + [site.stopBell])
        }
    }
}
