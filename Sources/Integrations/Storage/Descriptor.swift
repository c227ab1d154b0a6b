#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The two calls whose names types of ours also have.
enum Descriptor {
    /// Opens a file of this program: never through a link, never inherited by children.
    static func open(_ path: String, _ flags: Int32) throws(StorageError) -> Int32 {
        #if canImport(Glibc)
            try attempt("open") { Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600)) }
        #else
            try attempt("open") { Darwin.open(path, flags | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600)) }
        #endif
    }

    static func close(_ descriptor: Int32) {
        #if canImport(Glibc)
            _ = Glibc.close(descriptor)
        #else
            _ = Darwin.close(descriptor)
        #endif
    }
}
