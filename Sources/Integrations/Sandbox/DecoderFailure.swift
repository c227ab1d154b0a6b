/// Why a decoder gave no result.
package enum DecoderFailure: Error, Sendable, Hashable {
    /// It is not installed.
    case missingTool(Tool)
    case timedOut(Tool, after: Duration)
    /// A signal ended it: a crash, a limit, an administrator.
    case killed(Tool, signal: Int32)
    /// It would not have this file; the reason is its last word, without paths.
    case refused(Tool, exitCode: Int32, reason: String)
    /// It ended well, but what it said or wrote is not what it should be.
    case unusableResult(Tool, reason: String)
    /// The file was turned down before any decoder saw it.
    case unsuitable(reason: String)
    /// The system could not start it; for the log.
    case notStarted(Tool, reason: String)

    /// One sentence for logs and for the owner of the file; holds no paths.
    package var message: String {
        switch self {
        case .missingTool(let tool): "\(tool.name) is not installed (Debian package \(tool.debianPackage))."
        case .timedOut(let tool, let limit): "\(tool.name) did not finish within \(limit.components.seconds) seconds."
        case .killed(let tool, let signal): "\(tool.name) was ended by signal \(signal)."
        case .refused(let tool, let code, let reason):
            "\(tool.name) could not read this file (exit code \(code))\(reason.isEmpty ? "." : ": \(reason)")"
        case .unusableResult(let tool, let reason): "\(tool.name) gave no usable result: \(reason)"
        case .unsuitable(let reason): reason
        case .notStarted(let tool, let reason): "\(tool.name) could not be started: \(reason)"
        }
    }

    /// Whether the same file would fail again on a machine in good health, so that another try is of no use.
    package var isFinal: Bool {
        switch self {
        case .refused, .unusableResult, .unsuitable: true
        case .missingTool, .timedOut, .killed, .notStarted: false
        }
    }
}
