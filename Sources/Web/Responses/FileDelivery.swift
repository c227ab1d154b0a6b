/// Who sends a file's bytes.
package enum FileDelivery: Sendable, Equatable {
    /// This program does.
    case direct
    /// nginx in front does: it is told an internal location, an URL path (`X-Accel-Redirect`).
    case accelerated(location: String)

    /// - Parameters:
    ///   - prefix: of nginx's internal location, such as `/protected`; nil sends the file ourselves.
    ///   - path: below that location's root, such as `video/17/ab12.mp4`.
    package static func by(acceleratedPrefix prefix: String?, path: String) -> FileDelivery {
        guard let prefix, !prefix.isEmpty else { return .direct }
        let trimmed = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
        let segments = path.split(separator: "/").map { String($0).percentEncoded }
        return .accelerated(location: "\(trimmed)/\(segments.joined(separator: "/"))")
    }
}
