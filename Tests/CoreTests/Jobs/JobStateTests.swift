import Testing

@testable import Core

@Suite("The states of a job")
struct JobStateTests {
    @Test("A run ends done, waits again, or is given up")
    func endings() throws {
        #expect(try JobState.waiting.after(.claimed) == .running)
        #expect(try JobState.running.after(.completed) == .done)
        #expect(try JobState.running.after(.failed(permanently: false, attemptsLeft: 2)) == .waiting)
        #expect(try JobState.running.after(.failed(permanently: false, attemptsLeft: 0)) == .dead)
        #expect(try JobState.running.after(.failed(permanently: true, attemptsLeft: 5)) == .dead)
        #expect(try JobState.running.after(.leaseExpired(attemptsLeft: 1)) == .waiting)
        #expect(try JobState.running.after(.leaseExpired(attemptsLeft: 0)) == .dead)
    }

    @Test("Only what ended badly can be retried, and only what has not ended can be cancelled")
    func retryAndCancel() throws {
        for state in JobState.allCases {
            let canRetry = (try? state.after(.retried)) != nil
            #expect(canRetry == (state == .dead || state == .cancelled))
            let canCancel = (try? state.after(.cancelled)) != nil
            #expect(canCancel == !state.isFinished)
        }
    }

    @Test("The wait between attempts doubles up to an hour")
    func backoff() {
        #expect(JobBackoff.delay(afterAttempt: 1, jitter: 0.5) == .seconds(2))
        #expect(JobBackoff.delay(afterAttempt: 5, jitter: 0.5) == .seconds(32))
        #expect(JobBackoff.delay(afterAttempt: 40, jitter: 0.5) == .seconds(3600))
        #expect(JobBackoff.delay(afterAttempt: 1, jitter: 0) == .milliseconds(1800))
        #expect(JobBackoff.delay(afterAttempt: 1, jitter: 1) == .milliseconds(2200))
    }
}
