import NIOCore

/// An outbound user event: the next bytes of the answer's body are this region of a file. It is asked of the channel,
/// because the async writer takes byte buffers only; ``HTTPConnectionHandler`` turns it into `sendfile`.
struct SendFile: Sendable {
    let region: FileRegion
}

/// An outbound user event: the handler has begun to read the body of a request with `Expect: 100-continue`.
struct SendContinue: Sendable {}
