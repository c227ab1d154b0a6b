import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Two-step sign-in")
struct SecondFactorTests {
    @Test("It is on from the first right code, and the person is told by mail", arguments: Engine.available)
    func enrolment(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            try await house.factors.begin(in: uma.scope)
            let enrolment = try await house.factors.enrolment(brand: "Media & Share", in: uma.scope)
            #expect(enrolment.key.count == 32)
            #expect(
                enrolment.address.hasPrefix(
                    "otpauth://totp/Media%20%26%20Share:uma@example.com?secret=\(enrolment.key)&"
                )
            )
            #expect(
                enrolment.picture.count >= 21 && enrolment.picture.allSatisfy { $0.count == enrolment.picture.count }
            )
            #expect(try await !house.factors.state(in: uma.scope).isOn)
            let wrong = await #expect(throws: Failure.self) {
                try await house.factors.confirm("000000", language: "en", in: uma.scope)
            }
            #expect(wrong?.fields == [.codeWrong])

            let codes = try await house.turnOn(for: uma)
            #expect(Set(codes).count == 10)
            let state = try await house.factors.state(in: uma.scope)
            #expect(state.isOn && state.recoveryCodes == 10)
            #expect(try await house.actions().contains("second_factor.turned_on"))
            #expect(try await house.mails(to: uma) == [.secondFactorOn])
            await #expect(throws: Failure.secondFactorIsOn) { try await house.factors.begin(in: uma.scope) }
            await #expect(throws: Failure.notFound) { try await house.factors.enrolment(brand: "M", in: uma.scope) }
        }
    }

    @Test("The database holds neither the key nor a code in the clear", arguments: Engine.available)
    func atRest(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            let codes = try await house.turnOn(for: uma)
            let sealed = try await house.database.read { db in
                try db.value("SELECT secret FROM second_factor", as: [UInt8].self)
            }
            #expect(try #require(sealed).count == 20 + 12 + 16)
            let other = SecondFactors(accounts: house.accounts, secretKey: SecondFactorHouse.key + [1])
            #expect(other.seal.open(try #require(sealed), for: SecondFactors.owner(uma.id)) == nil)
            let hashes = try await house.database.read { db in
                try db.values("SELECT code_hash FROM recovery_code", as: [UInt8].self)
            }
            #expect(Set(hashes) == Set(codes.map(\.hash)))
        }
    }

    @Test("The password alone opens nothing any more; password and code do", arguments: Engine.available)
    func signIn(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            try await house.turnOn(for: uma)
            let token = try await house.firstStep(uma)
            #expect(try await house.sessions.resume(token) == nil)
            #expect(try await house.factors.isWaiting(token))
            #expect(try await !house.actions().contains("account.signed_in"))
            let known = try await house.database.read { db in try db.exists("SELECT 1 FROM known_device") }
            #expect(!known, "half a sign-in makes no device known")

            #expect(try await house.finish(token, "000000") == .refused)
            guard case .signedIn(let account, let device) = try await house.finish(token, try await house.code(of: uma))
            else {
                Issue.record("not signed in")
                return
            }
            #expect(account.id == uma.id && device.count == 43)
            #expect(try await house.actions().first == "account.signed_in")
            #expect(try await house.finish(token, try await house.code(of: uma)) == .gone)
        }
    }

    @Test("A code works once, even within its time, and even for another sign-in", arguments: Engine.available)
    func replay(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            try await house.turnOn(for: uma)
            let code = try await house.code(of: uma)
            #expect(try await house.finish(try await house.firstStep(uma), code).isSignedIn)
            #expect(try await house.finish(try await house.firstStep(uma), code) == .refused)
            // The step before is older than the one that was used.
            let early = try await house.app(of: uma).code(step: OneTimeCode.step(at: house.world.now) - 1)
            #expect(try await house.finish(try await house.firstStep(uma), early) == .refused)
            house.world.advance(by: .seconds(30))
            #expect(try await house.finish(try await house.firstStep(uma), try await house.code(of: uma)).isSignedIn)
        }
    }

    /// Fails when the update does not ask for an older last step.
    @Test("Of fifty who come with one code at once, one is signed in", arguments: Engine.available)
    func parallelCodes(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            try await house.turnOn(for: house.cast.uma)
            let code = try await house.code(of: house.cast.uma)
            #expect(try await signedIn(fiftyTimesWith: code, house) == 1)
        }
    }

    @Test("Of fifty who come with one recovery code at once, one is signed in", arguments: Engine.available)
    func parallelRecoveryCodes(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let codes = try await house.turnOn(for: house.cast.uma)
            #expect(try await signedIn(fiftyTimesWith: codes[3].text, house) == 1)
            #expect(try await house.factors.state(in: house.cast.uma.scope).recoveryCodes == 9)
            #expect(try await signedIn(fiftyTimesWith: codes[3].text, house) == 0)
        }
    }

    /// Each from an address of its own, so that nobody is stopped by the others' wrong tries.
    private func signedIn(fiftyTimesWith code: String, _ house: SecondFactorHouse) async throws -> Int {
        var tokens: [String] = []
        for _ in 0..<50 { tokens.append(try await house.firstStep(house.cast.uma)) }
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            for (number, token) in tokens.enumerated() {
                group.addTask { try await house.finish(token, code, from: "client \(number)").isSignedIn }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    @Test(
        "Five wrong codes close the door, for the right one too; starting again does not open it",
        arguments: Engine.available
    )
    func tries(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            try await house.turnOn(for: uma)
            let until = house.world.now + .minutes(15)
            for _ in 0..<4 { #expect(try await house.finish(try await house.firstStep(uma), "000000") == .refused) }
            #expect(try await house.finish(try await house.firstStep(uma), "000000") == .lockedOut(until: until))
            let code = try await house.code(of: uma)
            #expect(try await house.finish(try await house.firstStep(uma), code) == .lockedOut(until: until))
            house.world.advance(by: .minutes(15))
            #expect(try await house.finish(try await house.firstStep(uma), try await house.code(of: uma)).isSignedIn)
        }
    }

    @Test("A hundred wrong codes a day, from wherever, are all that an account takes", arguments: Engine.available)
    func triesADay(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            try await house.turnOn(for: uma)
            let token = try await house.firstStep(uma)
            for number in 0..<99 {
                #expect(try await house.finish(token, "000000", from: "client \(number)") == .refused)
            }
            let until = house.world.now + .days(1)
            #expect(try await house.finish(token, "000000", from: "client 99") == .lockedOut(until: until))
            #expect(
                try await house.finish(token, try await house.code(of: uma), from: "new") == .lockedOut(until: until)
            )
        }
    }

    @Test(
        "A half-finished sign-in is worth nothing after ten minutes, a made-up one never",
        arguments: Engine.available
    )
    func expiry(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            try await house.turnOn(for: uma)
            let token = try await house.firstStep(uma)
            house.world.advance(by: .minutes(10))
            #expect(try await house.finish(token, try await house.code(of: uma)) == .gone)
            for token in ["", "made up"] {
                #expect(try await house.finish(token, try await house.code(of: uma)) == .gone)
            }
        }
    }

    @Test("Somebody who is suspended between the two steps stays outside", arguments: Engine.available)
    func suspended(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            try await house.turnOn(for: uma)
            let token = try await house.firstStep(uma)
            try await house.accounts.setStatus(.suspended, of: uma.id, in: house.cast.root.scope)
            #expect(try await house.finish(token, try await house.code(of: uma)) == .gone)
        }
    }

    @Test("New recovery codes take the place of the old ones", arguments: Engine.available)
    func renewal(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            await #expect(throws: Failure.secondFactorIsOff) { try await house.factors.renewCodes(in: uma.scope) }
            let old = try await house.turnOn(for: uma)
            let new = try await house.factors.renewCodes(in: uma.scope)
            #expect(Set(old).isDisjoint(with: new))
            #expect(try await house.finish(try await house.firstStep(uma), old[0].text) == .refused)
            #expect(try await house.finish(try await house.firstStep(uma), new[0].text).isSignedIn)
        }
    }

    @Test("Turning it off takes password and code", arguments: Engine.available)
    func turningOff(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            try await house.turnOn(for: uma)
            let (password, code) = (uma.password, try await house.code(of: uma))
            for (shown, field) in [
                (("wrong", code), "password"), ((password, "000000"), "code"), (("", ""), "password"),
            ] {
                let failure = await #expect(throws: Failure.self) {
                    try await house.factors.turnOff(password: shown.0, code: shown.1, language: "en", in: uma.scope)
                }
                #expect(failure?.fields.map(\.field) == [field])
            }
            try await house.factors.turnOff(password: password, code: code, language: "en", in: uma.scope)
            #expect(try await house.factors.state(in: uma.scope) == SecondFactor(since: nil, recoveryCodes: 0))
            #expect(try await house.mails(to: uma).first == .secondFactorOff)
            #expect(try await house.actions().contains("second_factor.turned_off"))
            await #expect(throws: Failure.secondFactorIsOff) {
                try await house.factors.turnOff(password: password, code: code, language: "en", in: uma.scope)
            }
        }
    }

    @Test("Who manages somebody can help them who lost everything; nobody else can", arguments: Engine.available)
    func reset(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let (cast, uma) = (house.cast, house.cast.uma)
            let people = People(accounts: house.accounts)
            let reset = PersonAct.resetSecondFactor(language: "en")
            try await house.turnOn(for: uma)
            for stranger in [cast.otto, uma] {
                await #expect(throws: Failure.forbidden) {
                    try await people.perform(reset, on: uma.account.publicID, in: stranger.scope)
                }
            }
            #expect(try await house.factors.state(in: uma.scope).isOn)

            let outcome = try await people.perform(reset, on: [uma.account.publicID], in: cast.sam.scope)
            #expect(outcome.changed == 1)
            #expect(try await !house.factors.state(in: uma.scope).isOn)
            #expect(try await house.actions().first == "second_factor.reset")
            #expect(try await house.mails(to: uma).first == .secondFactorOff)

            let again = try await people.perform(reset, on: [uma.account.publicID], in: cast.sam.scope)
            #expect(again.unchanged == 1)
        }
    }
}
