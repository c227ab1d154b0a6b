import Foundation
import Glibc
import Testing

@testable import Integrations

@Suite("Sandbox")
struct SandboxTests {
    @Test("Inside, there is nothing of this machine but programs and libraries")
    func fileSystem() async throws {
        let sandbox = await Sandbox.detect()
        guard sandbox.status == .isolated else { return }
        let listing = try await sandbox.shell("echo /*; echo /etc/*")
        let seen = Set(listing.split(whereSeparator: \.isWhitespace).map(String.init))
        let allowed: Set = [
            "/bin", "/dev", "/etc", "/in", "/lib", "/lib32", "/lib64", "/libx32", "/out", "/sbin", "/tmp", "/usr",
            "/var", "/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache",
        ]
        #expect(seen.isSubset(of: allowed), "\(seen.subtracting(allowed))")
        await #expect(throws: DecoderFailure.self) { try await sandbox.shell("cat /etc/passwd") }
        await #expect(throws: DecoderFailure.self) { try await sandbox.shell("ls /proc/1") }
    }

    @Test("The input can be read and not changed, the output directory can be written")
    func files() async throws {
        for sandbox in await Sandbox.available() {
            try await withTemporaryDirectory { directory in
                let input = "\(directory)/secret"
                try Data("content".utf8).write(to: URL(fileURLWithPath: input))
                try FileManager.default.createDirectory(atPath: "\(directory)/out", withIntermediateDirectories: true)
                let command = SandboxCommand(Tool("sh"), input: input, output: "\(directory)/out") { paths in
                    ["-c", "cat \(paths.input) > \(paths.output)/copy"]
                }
                try await sandbox.run(command)
                #expect(try contents("\(directory)/out/copy") == Array("content".utf8))
                guard sandbox.status == .isolated else { return }
                let attack = SandboxCommand(Tool("sh"), input: input, output: "\(directory)/out") { paths in
                    ["-c", "echo x > \(paths.input)"]
                }
                await #expect(throws: DecoderFailure.self) { try await sandbox.run(attack) }
                #expect(try contents(input) == Array("content".utf8))
            }
        }
    }

    @Test("No way leads to the network, not even to this machine")
    func network() async throws {
        let sandbox = await Sandbox.detect()
        guard sandbox.status == .isolated else { return }
        let canary = try Canary()
        let script = "exec 3<>/dev/tcp/127.0.0.1/\(canary.port)"
        let command = SandboxCommand(Tool("bash")) { _ in ["-c", script] }
        await #expect(throws: DecoderFailure.self) { try await sandbox.run(command) }
        #expect(!canary.hadVisitors)
        // The same words do reach the canary from outside, so the test sees what it should.
        try run("bash", ["-c", script])
        #expect(canary.hadVisitors)
    }

    @Test("The environment of this program stays here")
    func environment() async throws {
        setenv("MEDIASHARE_TEST_SECRET", "do not tell", 1)
        for sandbox in await Sandbox.available() {
            let environment = try await sandbox.shell("env")
            #expect(!environment.contains("do not tell"))
        }
    }

    @Test("A decoder that takes too long is ended, with everything that it started")
    func timeBomb() async throws {
        for (index, sandbox) in await Sandbox.available().enumerated() {
            let mark = "98761.\(getpid())\(index)"
            let limits = SandboxLimits(wallClock: .milliseconds(700))
            let script = "i=0; while [ $i -lt 60 ]; do sleep \(mark) & i=$((i+1)); done; sleep \(mark)"
            let started = ContinuousClock.now
            await #expect(throws: DecoderFailure.timedOut(Tool("sh"), after: .milliseconds(700))) {
                try await sandbox.shell(script, limits)
            }
            #expect(ContinuousClock.now - started < .seconds(20))
            #expect(await Processes.areGone(mark))
        }
    }

    @Test("A decoder that forks without end comes to its limit", .enabled(if: getuid() != 0, "root is above limits"))
    func forkBomb() async throws {
        let sandbox = await Sandbox.detect()
        guard sandbox.status == .isolated else { return }
        let limits = SandboxLimits(processes: 20, wallClock: .seconds(20))
        await #expect(throws: DecoderFailure.self) {
            try await sandbox.shell("i=0; while [ $i -lt 100 ]; do sleep 5 & i=$((i+1)); done", limits)
        }
    }

    @Test("A decoder that computes without end is ended by its processor time")
    func cpu() async throws {
        for sandbox in await Sandbox.available() {
            await #expect(throws: DecoderFailure.killed(Tool("sh"), signal: SIGXCPU)) {
                try await sandbox.shell("while :; do :; done", SandboxLimits(cpuSeconds: 1, wallClock: .seconds(60)))
            }
        }
    }

    @Test("A decoder gets no more memory than its limit")
    func memory() async throws {
        for sandbox in await Sandbox.available() {
            let limits = SandboxLimits(memory: 256 << 20)
            let command = SandboxCommand(Tool("dd"), limits: limits) { _ in
                ["if=/dev/zero", "of=/dev/null", "bs=512M", "count=1"]
            }
            let failure = await #expect(throws: DecoderFailure.self) { try await sandbox.run(command) }
            guard case .refused(_, _, let reason) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(reason.contains("memory exhausted"))
        }
    }

    @Test("A decoder cannot fill the disk")
    func fileSize() async throws {
        for sandbox in await Sandbox.available() {
            try await withTemporaryDirectory { directory in
                let limits = SandboxLimits(fileSize: 1 << 20)
                let command = SandboxCommand(Tool("dd"), output: directory, limits: limits) { paths in
                    ["if=/dev/zero", "of=\(paths.output)/x", "bs=1M", "count=50"]
                }
                await #expect(throws: DecoderFailure.killed(Tool("dd"), signal: SIGXFSZ)) {
                    try await sandbox.run(command)
                }
                let written = try contents("\(directory)/x")
                #expect(written.count <= 1 << 20)
            }
        }
    }

    @Test("Cancelling the task ends the decoder and whatever it started")
    func cancellation() async throws {
        for (index, sandbox) in await Sandbox.available().enumerated() {
            let mark = "87654.\(getpid())\(index)"
            let (lines, continuation) = AsyncStream<String>.makeStream()
            let task = Task {
                let command = SandboxCommand(Tool("sh")) { _ in ["-c", "sleep \(mark) & echo running; sleep \(mark)"] }
                return try await sandbox.run(command) { line in continuation.yield(line) }
            }
            for await line in lines where line == "running" { break }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(await Processes.areGone(mark))
        }
    }

    @Test("Lines arrive as they are said; an error thrown for one ends the decoder")
    func lines() async throws {
        struct Enough: Error {}
        for sandbox in await Sandbox.available() {
            let command = SandboxCommand(Tool("sh")) { _ in ["-c", "echo one; echo two; sleep 600"] }
            await #expect(throws: Enough.self) {
                try await sandbox.run(command) { line in if line == "two" { throw Enough() } }
            }
        }
    }

    @Test("Endless output is cut off, endless complaints are read and forgotten")
    func floods() async throws {
        for sandbox in await Sandbox.available() {
            let endless = SandboxCommand(Tool("yes"), limits: SandboxLimits(output: 100_000)) { _ in [] }
            let failure = await #expect(throws: DecoderFailure.self) { try await sandbox.run(endless) }
            guard case .unusableResult = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            await #expect(throws: DecoderFailure.refused(Tool("sh"), exitCode: 3, reason: "the last word")) {
                try await sandbox.shell("yes | head -c 20000000 >&2; echo the last word >&2; exit 3")
            }
        }
    }

    @Test("All output is there, however fast the decoder ends")
    func completeOutput() async throws {
        for sandbox in await Sandbox.available() {
            let text = try await sandbox.shell("yes x | head -c 1000000")
            #expect(text.utf8.count == 1_000_000)
        }
    }

    @Test("Many run at the same time, each with its own output, and leave no descriptor open")
    func many() async throws {
        for sandbox in await Sandbox.available() {
            let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<200 {
                    if index >= 16 { try await group.next() }
                    group.addTask {
                        let said = try await sandbox.shell("echo \(index); echo \(index) >&2")
                        #expect(said == "\(index)\n")
                    }
                }
                try await group.waitForAll()
            }
            // Other tests open files meanwhile; two hundred runs that leaked would show all the same.
            let after = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
            #expect(after < before + 150)
        }
    }

    @Test("A signal, a bad exit and a missing program are told apart")
    func failures() async throws {
        for sandbox in await Sandbox.available() {
            await #expect(throws: DecoderFailure.killed(Tool("sh"), signal: SIGKILL)) {
                try await sandbox.shell("kill -9 $$")
            }
            await #expect(throws: DecoderFailure.refused(Tool("sh"), exitCode: 7, reason: "")) {
                try await sandbox.shell("exit 7")
            }
            await #expect(throws: DecoderFailure.missingTool(Tool("no-such-program"))) {
                try await sandbox.run(SandboxCommand(Tool("no-such-program")) { _ in [] })
            }
        }
    }

    @Test("Without bwrap the sandbox says that only limits are left")
    func withoutBubblewrap() async throws {
        let sandbox = await Sandbox.detect(tools: Toolbox(folders: ["/nowhere"]))
        guard case .limitsOnly(let reason) = sandbox.status else {
            Issue.record("\(sandbox.status)")
            return
        }
        #expect(reason.contains("bubblewrap"))
    }

    @Test("Every tool is found with its version")
    func inventory() async throws {
        for report in await Toolbox().inventory() {
            #expect(report.path != nil, "\(report.tool.name)")
            #expect(report.version?.contains(where: \.isNumber) == true, "\(report)")
        }
        let missing = await Toolbox(folders: ["/nowhere"]).inventory([.ffmpeg])
        #expect(missing == [Toolbox.Report(tool: .ffmpeg, path: nil, version: nil)])
    }

    @Test(
        "The last words say what is wrong and not where",
        arguments: [
            ("file:/in/file: Invalid data found when processing input\n", "Invalid data found when processing input"),
            ("first\n[mov,mp4 @ 0x55d5e8] moov atom not found\n\n", "moov atom not found"),
            ("Error\u{7} while \u{1B}[31mdecoding\n  \n", "Error while [31mdecoding"), ("", ""), ("\n\n\n", ""),
        ]
    )
    func lastWords(_ text: String, _ expected: String) {
        var words = LastWords()
        words.append(Array(text.utf8))
        #expect(words.reason == expected)
        #expect(!words.reason.contains("/") && !words.reason.unicodeScalars.contains { $0.value < 32 })
    }
}

extension Sandbox {
    fileprivate func shell(_ script: String, _ limits: SandboxLimits = .brief) async throws -> String {
        let output = try await run(SandboxCommand(Tool("sh"), limits: limits) { _ in ["-c", script] })
        return String(decoding: output, as: UTF8.self)
    }
}
