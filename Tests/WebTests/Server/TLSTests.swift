import Hummingbird
import HummingbirdCore
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import Web

@Suite("TLS")
struct TLSTests {
    @Test("A file comes through TLS byte for byte, copied instead of sent")
    func file() async throws {
        try await withFile(3_000_000) { path, bytes in
            try await TestCertificate.withFiles { files in
                try await withServer(tls: files, routes: { $0.serving(path) }) { server in
                    let answer = try await exchange(
                        server.port,
                        "GET /file HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    )
                    #expect(answer.starts(with: Array("HTTP/1.1 200 OK\r\n".utf8)))
                    #expect(Array(answer.suffix(bytes.count)) == bytes)
                    let part = try await exchange(
                        server.port,
                        "GET /file HTTP/1.1\r\nHost: localhost\r\nRange: bytes=1000-900999\r\nConnection: close\r\n\r\n"
                    )
                    #expect(part.starts(with: Array("HTTP/1.1 206 ".utf8)))
                    #expect(Array(part.suffix(900_000)) == Array(bytes[1000..<901_000]))
                }
            }
        }
    }

    @Test("A handshake that never ends meets the deadline of the head")
    func stalledHandshake() async throws {
        try await TestCertificate.withFiles { files in
            var limits = ServerLimits()
            limits.head = .milliseconds(200)
            try await withServer(limits, tls: files, routes: { $0.echoing() }) { server in
                try await onThread {
                    let client = try RawClient(port: server.port)
                    try client.send([0x16, 0x03, 0x01])
                    #expect(client.isClosedByServer())
                }
            }
        }
    }

    @Test("Of TLS 1.2, suites without forward secrecy or authenticated encryption are not spoken")
    func suites() async throws {
        try await TestCertificate.withFiles { files in
            try await withServer(tls: files, routes: { $0.echoing() }) { server in
                let request = "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                let answer = try await exchange(server.port, request, suites: "ECDHE+AESGCM")
                #expect(answer.starts(with: Array("HTTP/1.1 2".utf8)))
                for weak in ["AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA"] {
                    await #expect(throws: (any Error).self, "\(weak)") {
                        _ = try await exchange(server.port, request, suites: weak)
                    }
                }
            }
        }
    }

    @Test("Missing files are reported when the server is built")
    func missing() {
        let settings = ServerSettings(tls: TLSFiles(certificateChain: "/nowhere.pem", privateKey: "/nowhere.pem"))
        #expect(throws: (any Error).self) { _ = try HTTPServerBuilder.mediaShare(settings) }
    }

    /// Sends a request through TLS, trusting the tests' certificate alone, and reads to the end of the stream.
    /// - Parameter suites: speaks TLS 1.2 with these alone.
    private func exchange(_ port: Int, _ request: String, suites: String? = nil) async throws -> [UInt8] {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let suites {
            configuration.maximumTLSVersion = .tlsv12
            configuration.cipherSuites = suites
        }
        let certificates = try NIOSSLCertificate.fromPEMBytes(Array(TestCertificate.chain.utf8))
        configuration.trustRoots = .certificates(certificates)
        let context = try NIOSSLContext(configuration: configuration)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: "localhost")
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var bytes: [UInt8] = []
            for try await part in inbound { bytes += part.readableBytesView }
            return bytes
        }
    }
}
