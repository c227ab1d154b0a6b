import ArgumentParser
import Core
import Foundation
import Logging

/// What every command takes: where its settings come from.
struct SettingsOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "A file of NAME=value lines. (default: mediashare.env in this folder, when there is one)"
    )
    var config: String?

    @Option(name: .long, help: "The folder of everything that has no place of its own; the same as MEDIASHARE_DATA.")
    var data: String?

    @Option(name: .long, help: "The database's address; the same as DATABASE_URL.")
    var database: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Set anything by its name; may be given several times.", valueName: "NAME=value")
    )
    var assignments: [String] = []

    /// Reads the settings; what is wrong with them ends the program with all of it on standard error.
    func read(adding extra: [String: String?] = [:]) async throws -> Settings {
        var arguments: [String: String] = [:]
        for assignment in assignments {
            guard let split = assignment.firstIndex(of: "="), split > assignment.startIndex else {
                throw ValidationError("--set takes NAME=value, not \(assignment).")
            }
            arguments[String(assignment[..<split])] = String(assignment[assignment.index(after: split)...])
        }
        arguments["MEDIASHARE_DATA"] = data ?? arguments["MEDIASHARE_DATA"]
        arguments["DATABASE_URL"] = database ?? arguments["DATABASE_URL"]
        for (name, value) in extra { arguments[name] = value ?? arguments[name] }
        let environment = ProcessInfo.processInfo.environment
        let file = config ?? environment["MEDIASHARE_CONFIG"]
        let source = try await SettingsSource(
            arguments: arguments,
            environment: environment,
            file: file ?? "mediashare.env",
            isFileRequired: file != nil
        )
        var reader = SettingsReader(source)
        let settings: Settings
        do { settings = try reader.read() } catch { throw Complaint(error.description) }
        for (old, new) in reader.deprecated {
            Complaint.warn("\(old) is deprecated and will go; use \(new) instead.")
        }
        return settings
    }
}

/// Something that ends a command with a plain sentence on standard error and status 1.
struct Complaint: Error, CustomStringConvertible, LocalizedError {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    var errorDescription: String? { description }

    static func warn(_ text: String) {
        FileHandle.standardError.write(Data("warning: \(text)\n".utf8))
    }
}
