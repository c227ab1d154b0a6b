/// How far an item is on its way from upload to playback.
package enum MediaState: Sendable, Hashable {
    /// `progress` is a share from 0 to 1, nil while nobody knows.
    case processing(progress: Double?, message: String?)
    case ready
    /// Playback or preview could not be made; the original is kept.
    case failed(reason: String)

    var isProcessing: Bool {
        if case .processing = self { return true }
        return false
    }
}
