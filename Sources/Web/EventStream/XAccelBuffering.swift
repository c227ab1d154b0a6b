import HTTPTypes

extension HTTPField.Name {
    static let xAccelBuffering = HTTPField.Name.known("X-Accel-Buffering")
}
