import CLibPQ

/// The parameters of a statement as libpq takes them: one buffer, used again for every statement of a connection.
///
/// Single values travel in binary with their type named, so that `$1` means the same wherever it stands; arrays travel
/// as text (PostgreSQL documentation, section 8.15.2).
struct PostgresParameters {
    private(set) var types: [Oid] = []
    private var storage: [UInt8] = []
    /// Where in the storage each value begins; nil for NULL.
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// The built-in types' numbers (`pg_type.dat` in PostgreSQL's source); they never change.
    enum TypeNumber {
        static let unknown: Oid = 0
        static let bytea: Oid = 17
        static let int8: Oid = 20
        static let text: Oid = 25
        static let float8: Oid = 701
        static let byteaArray: Oid = 1001
        static let textArray: Oid = 1009
        static let int8Array: Oid = 1016
        static let float8Array: Oid = 1022
    }

    mutating func encode(_ parameters: [PostgresStatementText.Parameter]) throws {
        types.removeAll(keepingCapacity: true)
        storage.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        for parameter in parameters {
            switch parameter {
            case .value(let value): try append(value)
            case .array(let values): try append(array: values)
            }
        }
    }

    /// How many there are and the three lists that `PQexecPrepared` takes, valid during the call.
    func withPointers<T>(
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> T
    ) -> T {
        guard !types.isEmpty else { return body(0, nil, nil, nil) }
        return storage.withUnsafeBytes { bytes in
            let base = bytes.assumingMemoryBound(to: CChar.self).baseAddress
            let pointers = offsets.map { offset in offset.flatMap { offset in base.map { $0 + offset } } }
            return body(Int32(types.count), pointers, lengths, formats)
        }
    }

    private mutating func append(_ value: SQLValue) throws {
        let start = storage.count
        offsets.append(start)
        formats.append(1)
        switch value {
        case .null:
            types.append(TypeNumber.unknown)
            offsets[offsets.count - 1] = nil
        case .integer(let integer):
            types.append(TypeNumber.int8)
            withUnsafeBytes(of: integer.bigEndian) { storage.append(contentsOf: $0) }
        case .real(let real):
            types.append(TypeNumber.float8)
            withUnsafeBytes(of: real.bitPattern.bigEndian) { storage.append(contentsOf: $0) }
        case .text(let text):
            types.append(TypeNumber.text)
            storage.append(contentsOf: text.utf8)
            guard !storage[start...].contains(0) else { throw UnstorableText() }
        case .blob(let blob):
            types.append(TypeNumber.bytea)
            storage.append(contentsOf: blob)
        }
        lengths.append(Int32(storage.count - start))
        // Even a value of no bytes needs an address, or it would be NULL.
        if storage.count == start { storage.append(0) }
    }

    private mutating func append(array values: [SQLValue]) throws {
        offsets.append(storage.count)
        formats.append(0)
        lengths.append(0)
        types.append(Self.arrayType(values))
        storage.append(UInt8(ascii: "{"))
        for (position, value) in values.enumerated() {
            if position > 0 { storage.append(UInt8(ascii: ",")) }
            switch value {
            case .null: storage.append(contentsOf: "NULL".utf8)
            case .integer(let integer): storage.append(contentsOf: String(integer).utf8)
            case .real(let real): storage.append(contentsOf: String(real).utf8)
            case .text(let text): try append(quoted: text)
            case .blob(let blob):
                storage.append(contentsOf: #""\\x"#.utf8)
                PostgresHex.append(blob, to: &storage)
                storage.append(UInt8(ascii: "\""))
            }
        }
        storage.append(UInt8(ascii: "}"))
        storage.append(0)
    }

    private mutating func append(quoted text: String) throws {
        storage.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == 0 { throw UnstorableText() }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { storage.append(UInt8(ascii: "\\")) }
            storage.append(byte)
        }
        storage.append(UInt8(ascii: "\""))
    }

    private static func arrayType(_ values: [SQLValue]) -> Oid {
        switch values.first(where: { $0 != .null }) {
        case .integer: TypeNumber.int8Array
        case .real: TypeNumber.float8Array
        case .text: TypeNumber.textArray
        case .blob: TypeNumber.byteaArray
        case .null, nil: TypeNumber.unknown
        }
    }
}
