import HTTPTypes

extension HTTPField.Name {
    static let xAccelBuffering = HTTPField.Name(literal: "X-Accel-Buffering")
}
