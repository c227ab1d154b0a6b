/// How much one run of a decoder may use before it is ended.
package struct SandboxLimits: Sendable, Hashable {
    /// Bytes that it may write to in memory, stacks of its threads included.
    package var memory: Int64
    /// Seconds of processor time, over all threads.
    package var cpuSeconds: Int64
    /// Bytes of the largest file it may write.
    package var fileSize: Int64
    package var processes: Int64
    /// Time on the clock.
    package var wallClock: Duration
    /// Bytes of standard output that are kept; more is an error.
    package var output: Int

    package init(
        memory: Int64 = 1 << 30,
        cpuSeconds: Int64 = 60,
        fileSize: Int64 = 256 << 20,
        processes: Int64 = 256,
        wallClock: Duration = .seconds(60),
        output: Int = 4 << 20
    ) {
        self.memory = memory
        self.cpuSeconds = cpuSeconds
        self.fileSize = fileSize
        self.processes = processes
        self.wallClock = wallClock
        self.output = output
    }

    /// A look at a header or one small picture.
    package static let brief = SandboxLimits()

    /// The words before a command that give it these limits: `prlimit … nice …`.
    ///
    /// The kernel sends a signal at the soft processor limit and kills at the hard one.
    func prefix(prlimit: String, nice: String, sharedUser: Bool) -> [String] {
        // Outside a user namespace the count is of everything that the user runs, threads included.
        let processes = sharedUser ? max(processes, 4096) : processes
        return [
            // Libraries and reserves take address space without taking memory.
            prlimit, "--data=\(memory)", "--as=\(memory * 8)", "--cpu=\(cpuSeconds):\(cpuSeconds + 2)",
            "--fsize=\(fileSize)",
            "--nproc=\(processes)", "--nofile=256", "--core=0", nice, "-n", "10",
        ]
    }
}
