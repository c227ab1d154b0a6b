package import Hummingbird
import NIOCore

/// One server-sent event (WHATWG HTML, "Server-sent events"): a name and a line or more of data.
package struct ServerSentEvent: Sendable, Hashable {
    package let name: String
    package let data: String
    package let id: String?

    /// - Parameter name: On one line.
    package init(_ name: String, data: String, id: String? = nil) {
        self.name = name
        self.data = data
        self.id = id
    }

    /// As it goes over the wire, with the empty line that ends it.
    package var text: String {
        var text = id.map { "id: \($0.onOneLine)\n" } ?? ""
        text += "event: \(name.onOneLine)\n"
        for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            text += "data: \(line)\n"
        }
        return text + "\n"
    }
}

/// An answer that goes on: events as they happen, and a comment now and then, by which both sides notice that the other
/// has gone. Browsers come back by themselves when it ends.
package struct EventStream: Sendable {
    /// How long a browser waits before it comes back.
    package var retry: Duration = .seconds(3)
    /// How often the source is asked.
    package var pace: Duration = .seconds(1)
    /// How long nothing may be said.
    package var silence: Duration = .seconds(15)
    /// How long one connection lasts; the browser then opens another, on which everything is authorised anew.
    package var lifetime: Duration = .seconds(300)

    package init() {}

    /// - Parameters:
    ///   - isStopping: Whether the server is about to stop; the stream then ends, so that it does not hold it up.
    ///   - next: The events since it was last asked, or nil when there will be no more.
    package func response(
        isStopping: @escaping @Sendable () -> Bool,
        next: @escaping @Sendable () async throws -> [ServerSentEvent]?
    ) -> Response {
        let body = ResponseBody { writer in
            let clock = ContinuousClock()
            let end = clock.now + lifetime
            var lastWord = clock.now
            try await writer.write(ByteBuffer(string: "retry: \(retry.components.seconds * 1000)\n\n"))
            while clock.now < end, !isStopping(), let events = try await next() {
                if !events.isEmpty {
                    try await writer.write(ByteBuffer(string: events.map(\.text).joined()))
                    lastWord = clock.now
                } else if clock.now - lastWord > silence {
                    try await writer.write(ByteBuffer(string: ": still here\n\n"))
                    lastWord = clock.now
                }
                try await Task.sleep(for: pace)
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
                // nginx would otherwise collect the events until its buffer is full.
                .xAccelBuffering: "no",
            ],
            body: body
        )
    }
}

extension String {
    fileprivate var onOneLine: String { String(filter { !$0.isNewline && $0 != "\0" }) }
}
