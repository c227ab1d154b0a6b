import Foundation

/// A PostgreSQL cluster of a test's own, which it may stop and start. Removed with `remove()`.
struct OwnCluster: Sendable {
    let url: String
    private let folder: URL
    private let programs: String
    private let port: Int

    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// Makes and starts it. PostgreSQL does not run as root, so root hands the work to Debian's user `postgres`.
    static func start() throws -> OwnCluster {
        let name = "mediashare-cluster-\(UUID().uuidString.prefix(8))"
        // A short path: the socket's has to fit into 107 bytes.
        let folder = URL(filePath: "/tmp").appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        if geteuid() == 0 { try run("/usr/bin/chown", ["postgres", folder.path]) }
        let port = Int.random(in: 20_000...29_999)
        let cluster = OwnCluster(
            url: "postgresql://postgres@/postgres?host=\(folder.path)&port=\(port)",
            folder: folder,
            programs: try programs(),
            port: port
        )
        do {
            try cluster.postgres("initdb", ["-D", "\(folder.path)/data", "-A", "trust", "-U", "postgres", "--no-sync"])
            try cluster.control("start")
        } catch {
            cluster.remove()
            throw error
        }
        return cluster
    }

    /// Cuts every connection, as an administrator would.
    func restart() throws {
        try control("restart")
    }

    func remove() {
        try? postgres("pg_ctl", ["-D", "\(folder.path)/data", "-m", "immediate", "stop"])
        try? FileManager.default.removeItem(at: folder)
    }

    private func control(_ command: String) throws {
        let options = "-p \(port) -c listen_addresses= -c unix_socket_directories=\(folder.path) -c fsync=off"
        try postgres(
            "pg_ctl",
            ["-D", "\(folder.path)/data", "-l", "\(folder.path)/log", "-o", options, "-m", "fast", "-w", command]
        )
    }

    private func postgres(_ program: String, _ arguments: [String]) throws {
        if geteuid() == 0 {
            try Self.run("/usr/sbin/runuser", ["-u", "postgres", "--", "\(programs)/\(program)"] + arguments)
        } else {
            try Self.run("\(programs)/\(program)", arguments)
        }
    }

    private static func programs() throws -> String {
        let base = "/usr/lib/postgresql"
        let versions = try FileManager.default.contentsOfDirectory(atPath: base).compactMap { Int($0) }
        guard let newest = versions.max() else { throw Refused(description: "no PostgreSQL under \(base)") }
        return "\(base)/\(newest)/bin"
    }

    /// Foundation's `Process` waits for whatever the program leaves running too; pg_ctl leaves a server.
    private static func run(_ program: String, _ arguments: [String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in 0...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        let words = ([program] + arguments).map { strdup($0) }
        let environment = [strdup("PATH=/usr/bin:/bin"), strdup("LC_ALL=C")]
        defer { for word in words + environment { free(word) } }
        var process = pid_t()
        guard posix_spawn(&process, program, &actions, nil, words + [nil], environment + [nil]) == 0 else {
            throw Refused(description: "cannot start \(program)")
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1, errno == EINTR {}
        guard status == 0 else { throw Refused(description: "\(program) \(arguments) ended with status \(status)") }
    }
}
