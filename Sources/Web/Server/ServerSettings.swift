package import Hummingbird
package import NIOCore

/// Where the server listens and how much it puts up with.
package struct ServerSettings: Sendable {
    package var host: String
    package var port: Int
    /// Files of a certificate chain and its key; nil serves plain HTTP.
    package var tls: TLSFiles?
    package var limits: ServerLimits

    package init(
        host: String = "127.0.0.1",
        port: Int = 8080,
        tls: TLSFiles? = nil,
        limits: ServerLimits = ServerLimits()
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.limits = limits
    }

    /// What `Application(configuration:)` wants: the address, no `Server` field, and a queue long enough for a crowd.
    package var configuration: ApplicationConfiguration {
        ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil, backlog: 1024)
    }
}

/// What a client may use up, and for how long it may keep us waiting.
package struct ServerLimits: Sendable {
    /// Connections at a time; the next gets a 503 and is closed. Each needs a file descriptor, and one more for each
    /// file being sent.
    package var connections = 4096
    /// From the first byte of a request (of a connection: from its start) to the end of its head.
    package var head: TimeAmount = .seconds(15)
    /// Between two requests.
    package var idle: TimeAmount = .seconds(75)
    /// Without a byte of a request body that the handler waits for.
    package var body: TimeAmount = .seconds(60)
    /// Without a byte of the answer being taken.
    package var write: TimeAmount = .seconds(60)
    /// After the last answer, for the client to read it before the connection is gone.
    package var linger: TimeAmount = .seconds(2)
    /// Of an unwanted request body, read and thrown away while lingering.
    package var lingerBytes = 256 * 1024
    /// An unread rest of a request body that is not worth a new connection: it is read and thrown away.
    package var drainBytes = 64 * 1024
    /// Request line and fields together; beyond it 431.
    package var headBytes = 32 * 1024
    package var fields = 100
    /// For running requests once the server was told to stop.
    package var shutdown: TimeAmount = .seconds(30)

    package init() {}

    /// How often a connection looks at its clock: a deadline is noticed at most so much late.
    var tick: TimeAmount {
        let shortest = min(min(head, idle), min(min(body, write), min(linger, shutdown)))
        return .nanoseconds(max(1_000_000, min(5_000_000_000, shortest.nanoseconds / 4)))
    }
}
