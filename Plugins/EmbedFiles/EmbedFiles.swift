import Foundation
import PackagePlugin

/// Turns the text files of a target (SQL, CSS, JavaScript, SVG, catalogues, word lists) into one Swift file of raw string
/// literals, so that the program is a single file. A new text file needs no change to the manifest.
@main
struct EmbedFiles: BuildToolPlugin {
    private static let kinds: Set<String> = ["sql", "css", "js", "svg", "po", "txt", "webmanifest"]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let module = target as? SwiftSourceModuleTarget else { return [] }
        let files = module.sourceFiles.map(\.url)
            .filter { Self.kinds.contains($0.pathExtension) }
            .sorted { $0.path < $1.path }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(files.count) text files of \(target.name)",
                executable: try context.tool(named: "embed-files").url,
                arguments: [output.path, module.directoryURL.path] + files.map(\.path),
                inputFiles: files,
                outputFiles: [output]
            )
        ]
    }
}
