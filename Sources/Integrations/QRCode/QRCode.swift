import CQREncode

/// A text as a square of dark and light modules (ISO/IEC 18004), made by libqrencode.
package struct QRCode: Sendable, Hashable {
    /// Rows of modules, from the top; true is dark. The quiet zone of four modules around them is not included.
    package let rows: [[Bool]]

    /// A code that can be read with a seventh of it covered (level M). Throws `TooLong` for what no code holds.
    package init(_ text: String) throws {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { throw TooLong() }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        guard width > 0, let modules = code.pointee.data else { throw TooLong() }
        // The lowest bit of a module is its colour.
        rows = (0..<width).map { y in (0..<width).map { x in modules[y * width + x] & 1 == 1 } }
    }

    package struct TooLong: Error {}
}
