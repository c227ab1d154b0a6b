#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files that one piece of work puts together in its scratch directory.
extension StagingArea {
    /// Appends to the scratch file at `path`, which is made when it is missing.
    package func append(_ bytes: [UInt8], toScratch path: String) async throws {
        try await pool.run {
            let sink = try Descriptor.open(path, O_WRONLY | O_CREAT | O_APPEND)
            defer { Descriptor.close(sink) }
            try bytes.withUnsafeBytes { try Self.write($0, to: sink) }
        }
    }

    /// Appends all of a stored file to the scratch file at `path`.
    package func append(_ file: OpenedFile, toScratch path: String) async throws {
        try await pool.run {
            let sink = try Descriptor.open(path, O_WRONLY | O_CREAT | O_APPEND)
            defer { Descriptor.close(sink) }
            var buffer = [UInt8](repeating: 0, count: 1 << 20)
            var offset: Int64 = 0
            while true {
                let count = try attempt("pread") { pread(file.descriptor, &buffer, buffer.count, off_t(offset)) }
                if count == 0 { return }
                try buffer.withUnsafeBytes { try Self.write(UnsafeRawBufferPointer(rebasing: $0[..<count]), to: sink) }
                offset += Int64(count)
            }
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to sink: Int32) throws {
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            #if canImport(Glibc)
                written += try attempt("write") { Glibc.write(sink, rest.baseAddress, rest.count) }
            #else
                written += try attempt("write") { Darwin.write(sink, rest.baseAddress, rest.count) }
            #endif
        }
    }
}
