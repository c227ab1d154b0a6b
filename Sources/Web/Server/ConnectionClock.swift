import NIOCore

/// Who keeps whom waiting on a connection, and since when: a pure state, asked at every tick whether a limit has passed.
struct ConnectionClock {
    enum Expiry: String {
        case head, idle, body, write, linger, shutdown
    }

    private let limits: ServerLimits
    /// Since when a request's head has been arriving.
    private var headSince: NIODeadline?
    private var idleSince: NIODeadline
    /// Since when the server has waited for the next bytes; nil while it does not want any.
    private var readSince: NIODeadline?
    /// Since when no byte of the answer was taken; nil while there is none to take.
    private var writeSince: NIODeadline?
    private var bytesTaken: Int64 = 0
    private var lingerSince: NIODeadline?
    private var stopSince: NIODeadline?

    /// A new connection owes a head from its first moment.
    init(limits: ServerLimits, now: NIODeadline) {
        self.limits = limits
        headSince = now
        idleSince = now
    }

    mutating func wantsRead(now: NIODeadline) {
        if readSince == nil { readSince = now }
    }

    /// Bytes arrived, with or without making a part.
    mutating func readBytes(isIdle: Bool, now: NIODeadline) {
        readSince = nil
        if isIdle, headSince == nil { headSince = now }
    }

    mutating func readHead() { headSince = nil }

    mutating func becameIdle(now: NIODeadline) { idleSince = now }

    mutating func lingers(now: NIODeadline) { lingerSince = now }

    mutating func stops(now: NIODeadline) { stopSince = now }

    /// - Parameters:
    ///   - written: bytes of bodies handed to the channel so far.
    ///   - buffered: bytes that the channel still holds.
    mutating func expired(_ state: ConnectionState, written: Int64, buffered: Int, now: NIODeadline) -> Expiry? {
        if let stopSince, now - stopSince >= limits.shutdown { return .shutdown }
        if let lingerSince { return now - lingerSince >= limits.linger ? .linger : nil }
        let taken = written - Int64(buffered)
        if buffered == 0 {
            writeSince = nil
        } else if taken > bytesTaken || writeSince == nil {
            writeSince = now
        }
        bytesTaken = taken
        if let writeSince { return now - writeSince >= limits.write ? .write : nil }
        if state.isIdle {
            if let headSince { return now - headSince >= limits.head ? .head : nil }
            return now - idleSince >= limits.idle ? .idle : nil
        }
        if let incoming = state.incoming, !incoming.awaitsContinue, let readSince {
            return now - readSince >= limits.body ? .body : nil
        }
        return nil
    }
}
