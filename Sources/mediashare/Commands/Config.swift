import ArgumentParser
import Core
import Foundation

/// Shows all that can be set, and what is in force.
struct Config: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show every setting: its name, what it is for, and an example.",
        discussion: """
            Examples:
              mediashare config                 everything, with explanations
              mediashare config --check         read the settings and say what is in force; secrets are masked
              mediashare config --template > mediashare.env
            """
    )

    @OptionGroup var options: SettingsOptions

    @Flag(help: "Read the settings as the server would, and show what is in force.")
    var check = false

    @Flag(help: "Print a file to begin with: every setting, commented out.")
    var template = false

    func run() async throws {
        if check { return try await showInForce() }
        for setting in SettingsCatalogue.all {
            if template {
                Output.line("# \(setting.help)\n#\(setting.name)=\(setting.example)\n")
            } else {
                Output.line("\(setting.name)\n    \(setting.help)")
                if !setting.fallback.isEmpty { Output.line("    default: \(setting.fallback)") }
                Output.line("    example: \(setting.name)=\(setting.example)")
                for old in setting.deprecatedNames { Output.line("    older name, deprecated: \(old)") }
            }
        }
    }

    private func showInForce() async throws {
        let settings = try await options.read()
        Output.table([
            ("environment", settings.environment.rawValue),
            ("listens on", "\(settings.host):\(settings.port)\(settings.tls == nil ? "" : " (TLS)")"),
            ("base URL", settings.baseURL),
            ("database", settings.maskedDatabaseURL),
            ("data", settings.dataFolder),
            ("uploads", settings.uploadFolder),
            ("delivered by", settings.accelRedirectPrefix.map { "a proxy, below \($0)" } ?? "this program"),
            ("secret key", "\(settings.secretKey.count) bytes, not shown"),
            ("sessions", "idle \(settings.sessionIdle), at most \(settings.sessionAbsolute)"),
            ("jobs", "\(settings.jobConcurrency) at once, lease \(settings.jobs.lease)"),
            ("mail", settings.mail.map { "\($0.server):\($0.port)" } ?? "none"),
        ])
    }
}
