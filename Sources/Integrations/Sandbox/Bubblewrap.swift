/// The words that make `bwrap` build a sandbox: its own network, processes and users; of the file system the programs
/// and libraries, the input, the output directory, and nothing else.
enum Bubblewrap {
    static let input = "/in/file"
    static let output = "/out"

    static func prefix(bwrap: String, command: SandboxCommand) -> [String] {
        var words = [
            bwrap, "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session",
            "--cap-drop", "ALL", "--clearenv",
        ]
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) { words += ["--setenv", name, value] }
        words += ["--ro-bind", "/usr", "/usr"]
        for folder in ["bin", "sbin", "lib", "lib32", "lib64", "libx32"] { words += systemFolder(folder) }
        for path in ["/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/var/cache/fontconfig"] {
            words += ["--ro-bind-try", path, path]
        }
        for cover in command.covers {
            words += ["--tmpfs", cover.folder]
            for name in cover.except {
                words += ["--ro-bind-try"] + [String](repeating: "\(cover.folder)/\(name)", count: 2)
            }
        }
        words += ["--dev", "/dev", "--size", "67108864", "--tmpfs", "/tmp"]
        if let file = command.input { words += ["--dir", "/in", "--ro-bind", file, input] }
        if let directory = command.output { words += ["--bind", directory, output, "--chdir", output] }
        return words + ["--"]
    }

    static let environment = [
        "HOME": "/tmp", "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin", "TMPDIR": "/tmp",
        // Few arenas, as each thread of a decoder would take address space for one of its own.
        "MALLOC_ARENA_MAX": "2", "VIPS_CONCURRENCY": "2",
        // libvips: only the loaders whose authors hold them fit for files of strangers.
        "VIPS_BLOCK_UNTRUSTED": "1",
    ]

    /// Where Debian has merged `/bin` into `/usr` it is a link, elsewhere a folder.
    private static func systemFolder(_ name: String) -> [String] {
        guard let status = try? FileStatus(path: "/\(name)") else { return [] }
        return status.isLink
            ? ["--symlink", "usr/\(name)", "/\(name)"] : ["--ro-bind", "/\(name)", "/\(name)"]
    }
}
