import NIOCore
import NIOHTTP1
import Testing

@testable import Web

@Suite("Who waits for whom")
struct ConnectionClockTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func clock() -> ConnectionClock { ConnectionClock(limits: ServerLimits(), now: start) }

    @Test("A new connection owes a head; afterwards it may rest longer")
    func headThenIdle() {
        var clock = clock()
        let state = ConnectionState(drainBytes: 0)
        #expect(clock.expired(state, written: 0, buffered: 0, now: start + .seconds(14)) == nil)
        #expect(clock.expired(state, written: 0, buffered: 0, now: start + .seconds(15)) == .head)
        clock.readHead()
        clock.becameIdle(now: start + .seconds(10))
        #expect(clock.expired(state, written: 0, buffered: 0, now: start + .seconds(84)) == nil)
        #expect(clock.expired(state, written: 0, buffered: 0, now: start + .seconds(85)) == .idle)
        clock.readBytes(isIdle: true, now: start + .seconds(84))
        #expect(clock.expired(state, written: 0, buffered: 0, now: start + .seconds(98)) == nil)
        #expect(clock.expired(state, written: 0, buffered: 0, now: start + .seconds(99)) == .head)
    }

    @Test("A slow reader has time as long as it takes anything at all")
    func slowReader() {
        var clock = clock()
        let state = ConnectionState(drainBytes: 0)
        for second in 1...300 {
            let taken = second / 59
            #expect(
                clock.expired(
                    state,
                    written: 1_000_000,
                    buffered: 900_000 - taken,
                    now: start + .seconds(Int64(second))
                )
                    == nil
            )
        }
        #expect(clock.expired(state, written: 1_000_000, buffered: 899_995, now: start + .seconds(400)) == .write)
    }

    @Test("More to write is not progress")
    func growing() {
        var clock = clock()
        let state = ConnectionState(drainBytes: 0)
        for second in 1...60 {
            #expect(
                clock.expired(state, written: Int64(second), buffered: second, now: start + .seconds(Int64(second)))
                    == nil
            )
        }
        #expect(clock.expired(state, written: 61, buffered: 61, now: start + .seconds(61)) == .write)
    }

    @Test("A body is waited for only while the server reads, and not while the client waits for 100")
    func body() {
        var clock = clock()
        var state = ConnectionState(drainBytes: 0)
        let head = HTTPRequestHead(
            version: .http1_1,
            method: .POST,
            uri: "/",
            headers: ["host": "a", "content-length": "9", "expect": "100-continue"]
        )
        #expect(state.received(head) == true)
        clock.readHead()
        clock.wantsRead(now: start)
        #expect(clock.expired(state, written: 0, buffered: 0, now: start + .hours(1)) == nil)
        #expect(state.wantsBody() == true)
        #expect(clock.expired(state, written: 0, buffered: 0, now: start + .seconds(60)) == .body)
        clock.readBytes(isIdle: false, now: start + .seconds(60))
        #expect(clock.expired(state, written: 0, buffered: 0, now: start + .hours(1)) == nil)
    }
}

@Suite("How an answer is framed")
struct ConnectionStateTests {
    private func answer(
        _ request: HTTPRequestHead,
        _ status: HTTPResponseStatus = .ok,
        _ headers: HTTPHeaders = [:],
        drainBytes: Int = 100,
        before: (inout ConnectionState) -> Void = { $0.receivedEnd() }
    ) -> HTTPResponseHead {
        var state = ConnectionState(drainBytes: drainBytes)
        #expect(state.received(request) == true)
        before(&state)
        var head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        state.frame(&head)
        #expect(state.isClosing == (head.headers["connection"] == ["close"]))
        return head
    }

    private func request(_ method: HTTPMethod = .GET, _ headers: HTTPHeaders = [:]) -> HTTPRequestHead {
        var headers = headers
        headers.add(name: "host", value: "a")
        return HTTPRequestHead(version: .http1_1, method: method, uri: "/", headers: headers)
    }

    @Test("Without a length an answer is chunked, unless it has no body")
    func chunks() {
        #expect(answer(request()).headers["transfer-encoding"] == ["chunked"])
        #expect(answer(request(), .ok, ["content-length": "3"]).headers["transfer-encoding"].isEmpty)
        #expect(answer(request(.HEAD)).headers["transfer-encoding"].isEmpty)
        #expect(answer(request(), .noContent, ["content-length": "0"]).headers.isEmpty)
        #expect(answer(request(), .notModified, ["content-length": "0"]).headers.isEmpty)
        #expect(answer(request(.HEAD), .ok, ["content-length": "9"]).headers["content-length"] == ["9"])
    }

    @Test("What is left of a body decides about the connection")
    func leftBody() {
        let short = request(.POST, ["content-length": "150"])
        #expect(answer(short, before: { _ in }).headers["connection"] == ["close"])
        #expect(answer(short, before: { $0.received(bodyBytes: 50) }).headers["connection"].isEmpty)
        let chunked = request(.POST, ["transfer-encoding": "chunked"])
        #expect(answer(chunked, before: { _ in }).headers["connection"] == ["close"])
        #expect(answer(chunked).headers["connection"].isEmpty)
        let waiting = request(.POST, ["content-length": "5", "expect": "100-continue"])
        #expect(answer(waiting, before: { _ in }).headers["connection"] == ["close"])
    }

    @Test("The answer to the first of two requests does not look at the second's body")
    func pipelined() {
        let head = answer(request(), .ok, ["content-length": "0"]) { state in
            state.receivedEnd()
            _ = state.received(request(.POST, ["content-length": "1000000"]))
        }
        #expect(head.headers["connection"].isEmpty)
    }

    @Test("Told to stop before an answer begins, the answer says that it is the last")
    func stoppedBefore() {
        let head = answer(request()) { state in
            state.receivedEnd()
            #expect(state.quiesce() == false)
        }
        #expect(head.headers["connection"] == ["close"])
    }

    @Test("Told to stop in the middle of an answer, the connection ends with it, though its head promised otherwise")
    func stopped() {
        var state = ConnectionState(drainBytes: 100)
        #expect(state.received(request()) == true)
        state.receivedEnd()
        var head = HTTPResponseHead(version: .http1_1, status: .ok)
        state.frame(&head)
        #expect(head.headers["connection"].isEmpty)
        #expect(state.quiesce() == false)
        #expect(state.wroteEnd() == true)
        #expect(state.isClosing)
    }
}
