/// Runs decoders on files of strangers: each in a child process without network, that sees only programs and
/// libraries, its one input and one directory to write to, within limits of memory, processor time, file size and
/// time. A decoder that is taken over or crashes has nothing to take and harms its own run alone.
package struct Sandbox: Sendable {
    package enum Status: Sendable, Hashable {
        /// Own namespaces through bubblewrap, and limits.
        case isolated
        /// Limits only; why, in a sentence for the log and for `doctor`.
        case limitsOnly(reason: String)
    }

    package let status: Status
    package let tools: Toolbox

    /// A sandbox of that strength; `detect` finds out which this machine can do.
    package init(status: Status, tools: Toolbox = Toolbox()) {
        self.status = status
        self.tools = tools
    }

    /// Tries bubblewrap once. Containers often forbid it; then limits alone have to do.
    package static func detect(tools: Toolbox = Toolbox()) async -> Sandbox {
        guard tools.path(of: .bwrap) != nil else {
            return Sandbox(
                status: .limitsOnly(reason: "bwrap is not installed (Debian package bubblewrap)."),
                tools: tools
            )
        }
        let isolated = Sandbox(status: .isolated, tools: tools)
        do {
            _ = try await isolated.run(SandboxCommand(Tool("true")) { _ in [] })
            return isolated
        } catch {
            let reason = (error as? DecoderFailure)?.message ?? "bwrap could not be tried."
            return Sandbox(status: .limitsOnly(reason: "bwrap does not work here: \(reason)"), tools: tools)
        }
    }

    /// Runs one decoder to its end.
    /// - Parameter onLine: gets each line of standard output when it is complete, instead of keeping it.
    /// - Returns: standard output, empty where lines were handed on.
    /// - Throws: `DecoderFailure`; `CancellationError` once the task is cancelled and the process is gone.
    @discardableResult
    package func run(
        _ command: SandboxCommand,
        onLine: (@Sendable (String) async throws -> Void)? = nil
    ) async throws -> [UInt8] {
        let words = try commandLine(command)
        let child = ChildProcess(
            tool: command.tool,
            words: words,
            environment: environment(command),
            directory: command.output ?? "/",
            outputLimit: command.limits.output
        )
        return try await withTimeLimit(command.limits.wallClock, tool: command.tool) {
            try await child.run(onLine: onLine)
        }
    }

    private func commandLine(_ command: SandboxCommand) throws(DecoderFailure) -> [String] {
        let tool = try require(command.tool)
        let prlimit = try require(.prlimit)
        let nice = try require(.nice)
        switch status {
        case .isolated:
            let paths = SandboxCommand.Paths(input: Bubblewrap.input, output: Bubblewrap.output)
            return Bubblewrap.prefix(bwrap: try require(.bwrap), command: command)
                + command.limits.prefix(prlimit: prlimit, nice: nice, sharedUser: false)
                + command.words(tool, paths)
        case .limitsOnly:
            let paths = SandboxCommand.Paths(input: command.input ?? "", output: command.output ?? "")
            return command.limits.prefix(prlimit: prlimit, nice: nice, sharedUser: true)
                + command.words(tool, paths)
        }
    }

    private func environment(_ command: SandboxCommand) -> [String: String] {
        var environment = Bubblewrap.environment
        if case .limitsOnly = status, let output = command.output {
            environment["HOME"] = output
            environment["TMPDIR"] = output
        }
        return environment
    }

    private func require(_ tool: Tool) throws(DecoderFailure) -> String {
        guard let path = tools.path(of: tool) else { throw .missingTool(tool) }
        return path
    }

    /// When time is up the work is cancelled, which ends the process, and only then does this throw.
    private func withTimeLimit<Result: Sendable>(
        _ limit: Duration,
        tool: Tool,
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let result = try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        try Task.checkCancellation()
        guard let result else { throw DecoderFailure.timedOut(tool, after: limit) }
        return result
    }
}
