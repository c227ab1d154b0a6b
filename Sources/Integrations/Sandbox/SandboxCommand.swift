/// One run of a decoder: the tool, the one file that it may read and the one directory that it may write.
package struct SandboxCommand: Sendable {
    /// What the decoder calls its files, which differs from where they are.
    package struct Paths: Sendable {
        package let input: String
        package let output: String
    }

    let tool: Tool
    /// Absolute path of the file to read, if any.
    let input: String?
    /// Absolute path of the directory to write to, if any.
    let output: String?
    let limits: SandboxLimits
    let arguments: @Sendable (Paths) -> [String]

    package init(
        _ tool: Tool,
        input: String? = nil,
        output: String? = nil,
        limits: SandboxLimits = .brief,
        arguments: @escaping @Sendable (Paths) -> [String]
    ) {
        self.tool = tool
        self.input = input
        self.output = output
        self.limits = limits
        self.arguments = arguments
    }
}
