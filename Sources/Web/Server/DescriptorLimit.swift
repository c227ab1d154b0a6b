#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How many files and connections the system lets this process have open.
package enum DescriptorLimit {
    /// Raises the limit as far as the system permits without a privilege, and returns it. Linux starts a process with
    /// 1,024, for the sake of programs that call select(2).
    @discardableResult
    package static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return 0 }
        var wanted = limit
        wanted.rlim_cur = limit.rlim_max
        if limit.rlim_cur < limit.rlim_max, setrlimit(resource, &wanted) == 0 { limit = wanted }
        return Int(clamping: limit.rlim_cur)
    }

    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
    #else
        private static let resource = RLIMIT_NOFILE
    #endif
}
