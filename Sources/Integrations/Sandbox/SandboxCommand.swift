/// One run of a decoder: the tool, the one file that it may read and the one directory that it may write.
package struct SandboxCommand: Sendable {
    /// What the decoder calls its files, which differs from where they are.
    package struct Paths: Sendable {
        package let input: String
        package let output: String
    }

    /// A folder of the system of which the decoder sees only the files that are named.
    struct Cover: Sendable, Hashable {
        let folder: String
        let except: [String]
    }

    let tool: Tool
    /// Absolute path of the file to read, if any.
    let input: String?
    /// Absolute path of the directory to write to, if any.
    let output: String?
    let limits: SandboxLimits
    /// What is not there for the decoder, where the sandbox can hide it.
    let covers: [Cover]
    /// The arguments of each start of the tool; the first that fails ends the run.
    let steps: @Sendable (Paths) -> [[String]]

    package init(
        _ tool: Tool,
        input: String? = nil,
        output: String? = nil,
        limits: SandboxLimits = .brief,
        arguments: @escaping @Sendable (Paths) -> [String]
    ) {
        self.init(tool, input: input, output: output, limits: limits, covers: []) { [arguments($0)] }
    }

    init(
        _ tool: Tool,
        input: String?,
        output: String? = nil,
        limits: SandboxLimits,
        covers: [Cover],
        steps: @escaping @Sendable (Paths) -> [[String]]
    ) {
        self.tool = tool
        self.input = input
        self.output = output
        self.limits = limits
        self.covers = covers
        self.steps = steps
    }

    /// The words that start `program` for each step, one after the other.
    func words(_ program: String, _ paths: Paths) -> [String] {
        let steps = steps(paths)
        guard steps.count > 1 else { return [program] + steps.joined() }
        // The shell gets every argument as a parameter of its own, so that none is ever read as shell.
        var last = 0
        let script = steps.map { arguments in
            let numbers = last + 1..<last + 1 + arguments.count
            last += arguments.count
            return "\"$0\" " + numbers.map { "\"${\($0)}\"" }.joined(separator: " ")
        }
        return ["/bin/sh", "-c", script.joined(separator: " && "), program] + steps.joined()
    }
}
