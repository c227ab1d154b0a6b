/// How far ffmpeg has come.
package struct EncodingProgress: Sendable, Hashable {
    /// Seconds of the result that are done.
    package let seconds: Double
    /// Seconds of media done in one second, once ffmpeg knows.
    package let speed: Double?
}

/// Puts the lines of `ffmpeg -progress` together; each report ends with a line `progress=…`.
struct ProgressLines: Sendable {
    private var seconds = 0.0
    private var speed: Double?

    /// The report that this line completes, if it does.
    mutating func take(_ line: String) -> EncodingProgress? {
        let parts = line.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let value = parts[1].filter { !$0.isWhitespace }
        switch parts[0] {
        case "out_time_us":
            if let microseconds = Int64(value), microseconds >= 0 { seconds = Double(microseconds) / 1_000_000 }
            return nil
        case "speed":
            speed = value.hasSuffix("x") ? Double(value.dropLast()) : nil
            return nil
        case "progress":
            return EncodingProgress(seconds: seconds, speed: speed)
        case _:
            return nil
        }
    }
}

/// Reads progress one line after the other and passes whole reports on.
actor ProgressReader {
    private var lines = ProgressLines()
    private let report: @Sendable (EncodingProgress) async throws -> Void

    init(report: @escaping @Sendable (EncodingProgress) async throws -> Void) { self.report = report }

    func take(_ line: String) async throws {
        if let progress = lines.take(line) { try await report(progress) }
    }
}
