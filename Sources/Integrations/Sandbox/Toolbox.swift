import Subprocess
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the system's programs are. Only folders below `/usr` are searched, as a sandbox sees nothing else.
package struct Toolbox: Sendable {
    private let folders: [String]

    package init(folders: [String] = ["/usr/local/bin", "/usr/bin"]) {
        self.folders = folders
    }

    /// What `doctor` says about one tool.
    package struct Report: Sendable, Hashable {
        package let tool: Tool
        package let path: String?
        /// The first line of what it says about its version.
        package let version: String?
    }

    /// The path of a tool, or nil when it is not installed.
    package func path(of tool: Tool) -> String? {
        folders.lazy.map { "\($0)/\(tool.name)" }.first { access($0, X_OK) == 0 }
    }

    /// Asks every tool for its version.
    package func inventory(_ tools: [Tool] = Tool.all) async -> [Report] {
        var reports: [Report] = []
        for tool in tools {
            guard let path = path(of: tool) else {
                reports.append(Report(tool: tool, path: nil, version: nil))
                continue
            }
            reports.append(Report(tool: tool, path: path, version: await version(tool, at: path)))
        }
        return reports
    }

    private func version(_ tool: Tool, at path: String) async -> String? {
        let result = try? await Subprocess.run(
            .path(FilePath(path)),
            arguments: [tool.versionArgument],
            environment: .custom(["LC_ALL": "C.UTF-8"]),
            output: .bytes(limit: 64 * 1024),
            error: .bytes(limit: 64 * 1024)
        )
        guard let result else { return nil }
        // Poppler's programs answer on the error stream.
        let text = result.standardOutput.isEmpty ? result.standardError : result.standardOutput
        return String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}
