import Foundation
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#endif

/// A client that knows nothing but a socket: what it sends and reads is what is on the wire. Blocking; use it inside
/// ``onThread(_:)``.
final class RawClient: @unchecked Sendable {  // Used by one thread at a time.
    let descriptor: CInt
    private var buffered: [UInt8] = []

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter receiveBuffer: bytes of the kernel's buffer; small, a slow reader holds up the server soon.
    init(port: Int, receiveBuffer: CInt? = nil, timeout: Int = 10) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(description: "socket: \(errno)") }
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        }
        var limit = timeval(tv_sec: timeout, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let result = try SocketAddress(ipAddress: "127.0.0.1", port: port).withSockAddr { address, size in
            connect(descriptor, address, socklen_t(size))
        }
        guard result == 0 else { throw Failure(description: "connect: \(errno)") }
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(description: "send: \(errno) after \(sent) bytes") }
            sent += count
        }
    }

    /// Sends as much as the other side takes within `seconds`; returns how much that was.
    func flood(_ limit: Int, seconds: Double) -> Int {
        let block = [UInt8](repeating: 0x61, count: 64 * 1024)
        let end = Date().addingTimeInterval(seconds)
        var sent = 0
        while sent < limit, Date() < end {
            let count = block.withUnsafeBytes {
                Glibc.send(
                    descriptor,
                    $0.baseAddress,
                    $0.count,
                    CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT)
                )
            }
            if count > 0 {
                sent += count
            } else if errno == EAGAIN {
                usleep(5000)
            } else {
                break
            }
        }
        return sent
    }

    /// Tells the server that nothing more will be sent.
    func finishSending() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Up to `count` bytes; empty at the end of the stream.
    func receive(_ count: Int = 64 * 1024) throws -> [UInt8] {
        if !buffered.isEmpty {
            let taken = Array(buffered.prefix(count))
            buffered.removeFirst(taken.count)
            return taken
        }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = recv(descriptor, &bytes, count, 0)
        guard got >= 0 else { throw Failure(description: "recv: \(errno)") }
        return Array(bytes.prefix(got))
    }

    /// Whether the server has closed its half: true at the end of the stream or after a reset, false at the timeout.
    func isClosedByServer() -> Bool {
        var byte: UInt8 = 0
        let got = recv(descriptor, &byte, 1, 0)
        return got == 0 || (got < 0 && errno == ECONNRESET)
    }

    private func receive(exactly count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try receive(count - bytes.count)
            guard !more.isEmpty else { throw Failure(description: "end after \(bytes.count) of \(count) bytes") }
            bytes += more
        }
        return bytes
    }

    private func receiveLine() throws -> String {
        var line: [UInt8] = []
        while true {
            if let end = buffered.firstIndex(of: 0x0A) {
                line += buffered[...end]
                buffered.removeFirst(end + 1)
                break
            }
            line += buffered
            buffered = []
            let more = try receive()
            guard !more.isEmpty else { throw Failure(description: "end in the middle of a line") }
            buffered = more
        }
        while line.last == 0x0A || line.last == 0x0D { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
    }

    /// One answer, head and body, framed as RFC 9112 §6.3 has it.
    func receiveAnswer(to method: String = "GET") throws -> RawAnswer {
        let statusLine = try receiveLine().split(separator: " ", maxSplits: 2).map(String.init)
        guard statusLine.count >= 2, let status = Int(statusLine[1]) else {
            throw Failure(description: "no status line: \(statusLine)")
        }
        var answer = RawAnswer(version: statusLine[0], status: status)
        while case let line = try receiveLine(), !line.isEmpty {
            guard let colon = line.firstIndex(of: ":") else { throw Failure(description: "no field: \(line)") }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            answer.fields.append((line[..<colon].lowercased(), value))
        }
        if method == "HEAD" || status < 200 || status == 204 || status == 304 { return answer }
        if answer["transfer-encoding"] == "chunked" {
            while let size = Int(try receiveLine(), radix: 16), size > 0 {
                answer.body += try receive(exactly: size)
                _ = try receiveLine()
            }
            _ = try receiveLine()
        } else if let length = answer["content-length"].flatMap({ Int($0) }) {
            answer.body = try receive(exactly: length)
        } else {
            while case let more = try receive(), !more.isEmpty { answer.body += more }
        }
        return answer
    }

    /// Sends a request without a body and reads the answer.
    func ask(_ path: String, method: String = "GET", fields: [(String, String)] = []) throws -> RawAnswer {
        let lines = fields.map { "\($0.0): \($0.1)\r\n" }.joined()
        try send("\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(lines)\r\n")
        return try receiveAnswer(to: method)
    }
}

struct RawAnswer: Sendable {
    var version: String
    var status: Int
    var fields: [(String, String)] = []
    var body: [UInt8] = []

    init(version: String, status: Int) {
        self.version = version
        self.status = status
    }

    /// The value of a field, by its name in lower case.
    subscript(name: String) -> String? { fields.first { $0.0 == name }?.1 }

    var text: String { String(decoding: body, as: UTF8.self) }
}

private let clientThreads: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 32)
    pool.start()
    return pool
}()

/// Runs blocking code of a test on a thread of its own, for the few threads that tasks run on are the server's too.
func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await clientThreads.runIfActive(body)
}
