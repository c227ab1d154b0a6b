import NIOHTTP1

/// What a connection owes and is owed: a pure state, told of every part that passes, which frames the answers and
/// decides when the connection ends.
struct ConnectionState {
    /// A request whose answer has not been written to its end.
    struct Exchange: Equatable {
        /// The client knows neither chunks nor 100 (RFC 9112, RFC 1945).
        let isOld: Bool
        let isHead: Bool
        /// The client will use the connection again (RFC 9112 §9.3).
        let clientKeepsAlive: Bool
    }

    /// The request that is still arriving; always the last one.
    struct Incoming: Equatable {
        /// The client waits for a 100 before it sends the body.
        var awaitsContinue: Bool
        /// Bytes of the body still to come; nil when only the client knows.
        var bytesLeft: Int?
    }

    /// In the order of the requests, which is the order of the answers.
    private(set) var exchanges: [Exchange] = []
    private(set) var incoming: Incoming?
    /// The answer now being written is the last one.
    private(set) var isClosing = false
    /// The server has been told to stop.
    private(set) var isQuiescing = false
    private var headOverflowed = false
    private let drainBytes: Int

    /// - Parameter drainBytes: an unread rest of a body up to this size does not cost the connection.
    init(drainBytes: Int) { self.drainBytes = drainBytes }

    /// Nothing is asked, nothing is owed.
    var isIdle: Bool { exchanges.isEmpty && incoming == nil }

    // MARK: What arrives

    /// False for a request of HTTP/1.1 that does not name its host exactly once (RFC 9112 §3.2).
    mutating func received(_ head: HTTPRequestHead) -> Bool {
        let hosts = head.headers["host"].count
        guard hosts == 1 || (hosts == 0 && head.isOld) else { return false }
        exchanges.append(
            Exchange(isOld: head.isOld, isHead: head.method == .HEAD, clientKeepsAlive: head.isKeepAlive)
        )
        let isChunked = head.headers.contains(name: "transfer-encoding")
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        incoming = Incoming(
            awaitsContinue: !head.isOld
                && head.headers["expect"].contains { $0.lowercased() == "100-continue" },
            bytesLeft: isChunked ? nil : length
        )
        return true
    }

    mutating func received(bodyBytes count: Int) {
        incoming?.awaitsContinue = false
        if let left = incoming?.bytesLeft { incoming?.bytesLeft = max(0, left - count) }
    }

    mutating func receivedEnd() { incoming = nil }

    mutating func received(_ error: HTTPParserError) {
        if error == .headerOverflow { headOverflowed = true }
    }

    /// - Returns: whether the connection can end at once.
    mutating func quiesce() -> Bool {
        isQuiescing = true
        return isIdle
    }

    // MARK: What is answered

    /// The handler wants the body: whether a 100 is due.
    mutating func wantsBody() -> Bool {
        guard exchanges.count == 1, incoming?.awaitsContinue == true, !isClosing else { return false }
        incoming?.awaitsContinue = false
        return true
    }

    /// Frames the head of a final answer for the client that asked (RFC 9112 §6): by length, by chunks, or by the end
    /// of the connection; and says so when it is the last.
    mutating func frame(_ head: inout HTTPResponseHead) {
        head.headers.remove(name: "transfer-encoding")
        guard let exchange = exchanges.first else {
            // The answer to something that could not be read as a request.
            if headOverflowed { head.status = .requestHeaderFieldsTooLarge }
            return close(with: &head)
        }
        let saidClose = head.headers["connection"].contains { $0.lowercased() == "close" }
        var isLast = isQuiescing || saidClose || !exchange.clientKeepsAlive || !restIsWorthReading
        if !head.status.mayHaveResponseBody {
            head.headers.remove(name: "content-length")
        } else if !head.headers.contains(name: "content-length") && !exchange.isHead {
            if exchange.isOld {
                isLast = true
            } else {
                head.headers.add(name: "transfer-encoding", value: "chunked")
            }
        }
        if isLast { return close(with: &head) }
        guard exchange.isOld else { return }
        head.version = .http1_0
        head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
    }

    private mutating func close(with head: inout HTTPResponseHead) {
        if exchanges.first?.isOld == true { head.version = .http1_0 }
        head.headers.replaceOrAdd(name: "connection", value: "close")
        isClosing = true
    }

    /// An answer to HEAD ends with its head.
    var mayWriteBody: Bool { exchanges.first?.isHead != true }

    /// - Returns: whether the connection ends with this answer.
    mutating func wroteEnd() -> Bool {
        if !exchanges.isEmpty { exchanges.removeFirst() }
        // The answer may have begun before the server was told to stop, and promised to keep the connection.
        if isQuiescing, exchanges.isEmpty { isClosing = true }
        return isClosing
    }

    /// What the handler left unread of the current request is little enough to be read past.
    private var restIsWorthReading: Bool {
        guard let incoming, exchanges.count == 1 else { return true }
        guard !incoming.awaitsContinue, let left = incoming.bytesLeft else { return false }
        return left <= drainBytes
    }
}

extension HTTPRequestHead {
    fileprivate var isOld: Bool { version.major < 1 || (version.major == 1 && version.minor == 0) }
}
