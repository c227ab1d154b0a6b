import Subprocess
import SystemPackage

/// One child process in a session of its own, its streams read while it runs. Cancelling the task that runs it kills
/// the whole session.
struct ChildProcess: Sendable {
    let tool: Tool
    /// The program and its arguments.
    let words: [String]
    let environment: [String: String]
    let directory: String
    let outputLimit: Int

    /// - Throws: `DecoderFailure`, `CancellationError`, and what `onLine` throws.
    func run(onLine: (@Sendable (String) async throws -> Void)?) async throws -> [UInt8] {
        let (status, output, lastWords) = try await launch(onLine: onLine)
        try Task.checkCancellation()
        switch status {
        case .exited(0):
            return output
        case .exited(let code):
            // bwrap passes on that a signal ended its child as 128 and the signal.
            if Self.fatalSignals.contains(code - 128) { throw DecoderFailure.killed(tool, signal: code - 128) }
            throw DecoderFailure.refused(tool, exitCode: code, reason: lastWords.reason)
        case .signaled(let signal):
            throw DecoderFailure.killed(tool, signal: signal)
        }
    }

    /// HUP, INT, QUIT, ILL, TRAP, ABRT, BUS, FPE, KILL, SEGV, PIPE, TERM, XCPU, XFSZ, SYS.
    private static let fatalSignals: Set<Int32> = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 24, 25, 31]

    private func launch(
        onLine: (@Sendable (String) async throws -> Void)?
    ) async throws -> (TerminationStatus, [UInt8], LastWords) {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(5))
        ]
        do {
            let result = try await Subprocess.run(
                .path(FilePath(words[0])),
                arguments: Arguments(Array(words.dropFirst())),
                environment: .custom(
                    Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })
                ),
                workingDirectory: FilePath(directory),
                platformOptions: options,
                input: .none,
                output: .sequence,
                error: .sequence
            ) { execution in
                async let lastWords = Self.lastWords(of: execution.standardError)
                let output = try await read(execution.standardOutput, onLine: onLine)
                return (output, try await lastWords)
            }
            return (result.terminationStatus, result.closureResult.0, result.closureResult.1)
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw DecoderFailure.notStarted(tool, reason: error.description)
        }
    }

    private func read(
        _ stream: SubprocessOutputSequence,
        onLine: (@Sendable (String) async throws -> Void)?
    ) async throws -> [UInt8] {
        var output: [UInt8] = []
        for try await buffer in stream {
            buffer.withUnsafeBytes { output.append(contentsOf: $0) }
            if let onLine {
                while let end = output.firstIndex(of: UInt8(ascii: "\n")) {
                    try await onLine(String(decoding: output[..<end], as: UTF8.self))
                    output.removeSubrange(...end)
                }
            }
            guard output.count <= outputLimit else {
                throw DecoderFailure.unusableResult(tool, reason: "it said more than anybody would read.")
            }
        }
        return onLine == nil ? output : []
    }

    private static func lastWords(of stream: SubprocessOutputSequence) async throws -> LastWords {
        var words = LastWords()
        for try await buffer in stream { buffer.withUnsafeBytes { words.append($0) } }
        return words
    }
}
