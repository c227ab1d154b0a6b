import CFiles

/// How many files and connections the system lets this process have open.
package enum DescriptorLimit {
    /// Raises the limit as far as the system permits without a privilege, and returns it. Linux starts a process with
    /// 1,024, for the sake of programs that call select(2).
    @discardableResult
    package static func raise() -> Int { Int(clamping: descriptor_limit_raise()) }
}
