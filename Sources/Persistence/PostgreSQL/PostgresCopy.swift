import CLibPQ

/// Rows on their way into a table through COPY, in its text format (PostgreSQL documentation, COPY, "File Formats").
final class PostgresCopy {
    private let connection: OpaquePointer
    private var buffer: [UInt8] = []
    private static let chunk = 65_536

    init(_ connection: OpaquePointer) {
        self.connection = connection
        buffer.reserveCapacity(Self.chunk + 4096)
    }

    func append(_ row: [SQLValue]) throws {
        for (position, value) in row.enumerated() {
            if position > 0 { buffer.append(UInt8(ascii: "\t")) }
            try append(value)
        }
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.chunk { try flush() }
    }

    func flush() throws {
        guard !buffer.isEmpty else { return }
        let sent = buffer.withUnsafeBytes { bytes in
            PQputCopyData(connection, bytes.assumingMemoryBound(to: CChar.self).baseAddress, Int32(bytes.count))
        }
        buffer.removeAll(keepingCapacity: true)
        guard sent == 1 else { throw PostgresFailure.lost(connection) }
    }

    /// Ends the COPY; a reason makes the server refuse all of it. The caller frees the result.
    @discardableResult
    func finish(refusing reason: String?) -> OpaquePointer? {
        PQputCopyEnd(connection, reason)
        let result = PQgetResult(connection)
        while let more = PQgetResult(connection) { PQclear(more) }
        guard reason == nil else {
            PQclear(result)
            return nil
        }
        return result
    }

    private func append(_ value: SQLValue) throws {
        switch value {
        case .null: buffer.append(contentsOf: "\\N".utf8)
        case .integer(let integer): buffer.append(contentsOf: String(integer).utf8)
        case .real(let real): buffer.append(contentsOf: Self.text(of: real).utf8)
        case .text(let text): try append(escaped: text)
        case .blob(let blob):
            buffer.append(contentsOf: "\\\\x".utf8)
            PostgresHex.append(blob, to: &buffer)
        }
    }

    private func append(escaped text: String) throws {
        for byte in text.utf8 {
            switch byte {
            case 0: throw UnstorableText()
            case UInt8(ascii: "\\"): buffer.append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\t"): buffer.append(contentsOf: "\\t".utf8)
            case UInt8(ascii: "\n"): buffer.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): buffer.append(contentsOf: "\\r".utf8)
            default: buffer.append(byte)
            }
        }
    }

    private static func text(of real: Double) -> String {
        if real.isNaN { return "NaN" }
        if real.isInfinite { return real < 0 ? "-Infinity" : "Infinity" }
        return String(real)
    }
}
