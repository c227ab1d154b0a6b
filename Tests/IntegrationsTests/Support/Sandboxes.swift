import Foundation

@testable import Integrations

extension Sandbox {
    /// The two strengths that every machine may have; the first is left out where bwrap is forbidden.
    static func available() async -> [Sandbox] {
        let best = await Sandbox.detect()
        let weak = Sandbox(status: .limitsOnly(reason: "for this test"))
        return best.status == .isolated ? [best, weak] : [weak]
    }
}

/// A port of this machine on which somebody listens, to see whether anybody comes.
final class Canary {
    let port: Int
    private let descriptor: Int32

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard listening else { throw CommandFailed(words: ["listen"]) }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }

    var hadVisitors: Bool {
        let visitor = accept(descriptor, nil, nil)
        if visitor != -1 { close(visitor) }
        return visitor != -1
    }
}

/// The processes of this machine, as `/proc` shows them.
enum Processes {
    /// The ids of those whose command line contains `text`.
    static func running(_ text: String) -> [Int32] {
        all().filter { words(of: $0).contains(text) }
    }

    /// Whether soon none has `text` in its command line; the kernel needs a moment to end them.
    static func areGone(_ text: String) async -> Bool {
        for _ in 0..<200 {
            if running(text).isEmpty { return true }
            try? await Task.sleep(for: .milliseconds(25))
        }
        return false
    }

    /// Those below `ancestor`.
    static func below(_ ancestor: Int32) -> [Int32] {
        var parents: [Int32: Int32] = [:]
        for id in all() { parents[id] = parent(of: id) }
        return parents.keys.filter { id in
            var current = parents[id]
            while let next = current, next > 1 {
                if next == ancestor { return true }
                current = parents[next]
            }
            return false
        }
    }

    static func words(of id: Int32) -> String {
        let data = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") ?? Data()
        return String(decoding: data, as: UTF8.self).replacing("\0", with: " ")
    }

    private static func all() -> [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    }

    private static func parent(of id: Int32) -> Int32? {
        let status = String(
            decoding: FileManager.default.contents(atPath: "/proc/\(id)/status") ?? Data(),
            as: UTF8.self
        )
        return status.split(separator: "\n").first { $0.hasPrefix("PPid:") }
            .flatMap { Int32($0.dropFirst(5).filter(\.isNumber)) }
    }
}
