import TestSupport
import Testing

@testable import Core

@Suite("Lockout: when the door closes")
struct LockoutTests {
    private let start = TestEffects.start
    private let attacker = SignInClient(hash: [1], isKnownDevice: false)
    private let other = SignInClient(hash: [2], isKnownDevice: false)
    private let device = SignInClient(hash: [3], isKnownDevice: true)

    private func tries(_ count: Int, by client: SignInClient, from: Timestamp, every: Duration = .seconds(1))
        -> [Lockout.Try]
    {
        (0..<count).map { number in
            Lockout.Try(
                client: client.hash,
                isKnownDevice: client.isKnownDevice,
                at: Timestamp(milliseconds: from.milliseconds + every.inMilliseconds * Int64(number))
            )
        }
    }

    @Test("Four wrong tries close nothing, the fifth closes for 15 minutes from then on")
    func fifth() {
        let four = Lockout(tries: tries(4, by: attacker, from: start))
        #expect(four.until(for: attacker, now: start + .seconds(10)) == nil)
        let five = Lockout(tries: tries(5, by: attacker, from: start))
        let end = start + .seconds(4) + .minutes(15)
        #expect(five.until(for: attacker, now: start + .seconds(10)) == end)
        #expect(five.until(for: attacker, now: end - .milliseconds(1)) == end)
        #expect(five.until(for: attacker, now: end) == nil)
    }

    @Test("After the pause five more are allowed")
    func again() {
        let later = start + .minutes(20)
        let nine = Lockout(tries: tries(5, by: attacker, from: start) + tries(4, by: attacker, from: later))
        #expect(nine.until(for: attacker, now: later + .seconds(10)) == nil)
        let ten = Lockout(tries: tries(5, by: attacker, from: start) + tries(5, by: attacker, from: later))
        #expect(ten.until(for: attacker, now: later + .seconds(10)) == later + .seconds(4) + .minutes(15))
    }

    @Test("One client's tries do not close the door for another")
    func others() {
        let lockout = Lockout(tries: tries(5, by: attacker, from: start))
        #expect(lockout.until(for: other, now: start + .seconds(10)) == nil)
        #expect(lockout.until(for: device, now: start + .seconds(10)) == nil)
    }

    @Test("A hundred tries a day from many clients close it for all strangers and for no known device")
    func hundred() {
        let many = (0..<100).flatMap { number in
            tries(
                1,
                by: SignInClient(hash: [9, UInt8(number)], isKnownDevice: false),
                from: start + .minutes(Int64(number))
            )
        }
        let now = start + .minutes(120)
        #expect(Lockout(tries: Array(many.dropLast())).until(for: other, now: now) == nil)
        #expect(Lockout(tries: many).until(for: other, now: now) == start + .days(1))
        #expect(Lockout(tries: many).until(for: device, now: now) == nil)
        #expect(Lockout(tries: many).until(for: other, now: start + .days(1)) == nil)
    }

    @Test("A known device has a hundred tries a day of its own")
    func knownDevice() {
        let many = tries(100, by: device, from: start, every: .minutes(5))
        #expect(Lockout(tries: many).until(for: device, now: start + .hours(12)) == start + .days(1))
        #expect(Lockout(tries: many).until(for: other, now: start + .hours(12)) == nil)
    }

    @Test("Yesterday's tries are forgotten")
    func forgotten() {
        let lockout = Lockout(tries: tries(5, by: attacker, from: start))
        #expect(lockout.until(for: attacker, now: start + .days(2)) == nil)
    }
}
