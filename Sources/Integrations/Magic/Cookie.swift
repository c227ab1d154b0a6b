import CMagic
import Synchronization

/// A libmagic handle that serves one call at a time.
final class SharedCookie: Sendable {
    let lock: Mutex<Cookie>

    init() throws(MagicError) { lock = Mutex(try Cookie()) }
}

/// A loaded libmagic handle.
struct Cookie: ~Copyable {
    let handle: magic_t

    init() throws(MagicError) {
        // No look inside compressed files: that would decode what nobody has checked, in this process.
        let flags = MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF
        guard let handle = magic_open(flags) else { throw MagicError(message: "libmagic cannot start") }
        guard magic_load(handle, nil) == 0 else {
            let error = Self.error(of: handle)
            magic_close(handle)
            throw error
        }
        self.handle = handle
    }

    deinit { magic_close(handle) }

    var error: MagicError { Self.error(of: handle) }

    private static func error(of handle: magic_t) -> MagicError {
        MagicError(message: magic_error(handle).map { String(cString: $0) } ?? "libmagic failed")
    }
}

/// libmagic could not say; the message is for the log.
package struct MagicError: Error, Sendable, Hashable {
    package let message: String
}
