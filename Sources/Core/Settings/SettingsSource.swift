import Configuration
import SystemPackage

/// Where settings come from: arguments outweigh the environment, which outweighs the file.
package struct SettingsSource: Sendable {
    let reader: ConfigReader

    /// - Parameters:
    ///   - arguments: By name, as in the catalogue.
    ///   - file: A file of `NAME=value` lines; missing is fine unless `isFileRequired`.
    package init(
        arguments: [String: String],
        environment: [String: String],
        file: String,
        isFileRequired: Bool
    ) async throws {
        reader = ConfigReader(providers: [
            EnvironmentVariablesProvider(environmentVariables: arguments),
            EnvironmentVariablesProvider(environmentVariables: environment),
            try await EnvironmentVariablesProvider(
                environmentFilePath: FilePath(file),
                allowMissing: !isFileRequired
            ),
        ])
    }

    /// What stands under exactly this name; an empty text counts as not set.
    func text(_ name: String) -> String? {
        guard let value = reader.string(forKey: ConfigKey([name.lowercased()]), isSecret: true) else { return nil }
        return value.isEmpty ? nil : value
    }
}
