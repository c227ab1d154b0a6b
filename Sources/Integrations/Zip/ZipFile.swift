import CZip

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A ZIP archive that is yet to be written, by libzip: larger than 4 GiB where it must be, names in UTF-8.
package struct ZipFile: Sendable {
    package struct Entry: Sendable {
        package enum Content: Sendable {
            case bytes([UInt8])
            /// A local file; it must stay as it is until the archive is written. It is stored as it is, because media do not
            /// become smaller.
            case file(path: String)
        }

        /// With folders: `originals/film.mp4`.
        package let name: String
        package let content: Content

        package init(name: String, content: Content) {
            self.name = name
            self.content = content
        }
    }

    package let entries: [Entry]

    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// Writes the archive to `path`, where nothing may be. Blocks. What it throws leaves no archive behind.
    /// - Throws: `ZipFailure`.
    func write(to path: String, telling progress: ZipProgress) throws {
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_CREATE | ZIP_EXCL, &code) else { throw ZipFailure(code: code) }
        do {
            for entry in entries { try add(entry, to: archive) }
            try watch(archive, progress)
            guard zip_close(archive) == 0 else { throw ZipFailure(archive) }
        } catch {
            zip_discard(archive)
            throw error
        }
    }

    private func add(_ entry: Entry, to archive: OpaquePointer) throws {
        var problem = zip_error_t()
        zip_error_init(&problem)
        defer { zip_error_fini(&problem) }
        let source: OpaquePointer?
        switch entry.content {
        case .bytes(let bytes):
            // libzip reads it when it closes the archive, and frees it then.
            let copy = malloc(max(bytes.count, 1))
            bytes.withUnsafeBytes { if let base = $0.baseAddress { copy?.copyMemory(from: base, byteCount: $0.count) } }
            source = zip_source_buffer_create(copy, UInt64(bytes.count), 1, &problem)
            if source == nil { free(copy) }
        case .file(let path): source = zip_source_file_create(path, 0, -1, &problem)
        }
        guard let source else { throw ZipFailure(code: zip_error_code_zip(&problem)) }
        let index = zip_file_add(archive, entry.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            throw ZipFailure(archive)
        }
        if case .file = entry.content {
            guard zip_set_file_compression(archive, UInt64(index), ZIP_CM_STORE, 0) == 0 else {
                throw ZipFailure(archive)
            }
        }
    }

    /// libzip keeps the progress until the archive is closed or given up.
    private func watch(_ archive: OpaquePointer, _ progress: ZipProgress) throws {
        let held = { Unmanaged.passRetained(progress).toOpaque() }
        let release: @convention(c) (UnsafeMutableRawPointer?) -> Void = { state in
            if let state { Unmanaged<ZipProgress>.fromOpaque(state).release() }
        }
        let tell: @convention(c) (OpaquePointer?, Double, UnsafeMutableRawPointer?) -> Void = { _, part, state in
            if let state { Unmanaged<ZipProgress>.fromOpaque(state).takeUnretainedValue().reach(part) }
        }
        let ask: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32 = { _, state in
            guard let state else { return 0 }
            return Unmanaged<ZipProgress>.fromOpaque(state).takeUnretainedValue().isCancelled ? 1 : 0
        }
        guard zip_register_progress_callback_with_state(archive, 0.002, tell, release, held()) == 0,
            zip_register_cancel_callback_with_state(archive, ask, release, held()) == 0
        else { throw ZipFailure(archive) }
    }
}

/// Why an archive was not written, in libzip's words.
package struct ZipFailure: Error, Sendable, CustomStringConvertible {
    package let description: String

    init(code: Int32) {
        var problem = zip_error_t()
        zip_error_init_with_code(&problem, code)
        description = zip_error_strerror(&problem).map { String(cString: $0) } ?? "error \(code)"
        zip_error_fini(&problem)
    }

    init(_ archive: OpaquePointer) {
        description = zip_strerror(archive).map { String(cString: $0) } ?? "unknown"
    }
}
