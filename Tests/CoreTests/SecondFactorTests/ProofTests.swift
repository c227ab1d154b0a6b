import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Proving once more who one is")
struct ProofTests {
    private func session(of member: Cast.Member, _ house: SecondFactorHouse) async throws -> Sessions.Started {
        try await house.sessions.start(for: member.id, in: member.scope)
    }

    private func isProven(_ token: String, _ house: SecondFactorHouse) async throws -> Bool? {
        try await house.sessions.resume(token)?.isProven(at: house.world.now)
    }

    @Test("A proof lasts ten minutes, and the password makes a new one", arguments: Engine.available)
    func password(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            let started = try await session(of: uma, house)
            #expect(try await isProven(started.token, house) == true)
            house.world.advance(by: .minutes(10))
            #expect(try await isProven(started.token, house) == false)
            try await house.factors.prove(password: uma.password, code: "", for: started.session.id, in: uma.scope)
            #expect(try await isProven(started.token, house) == true)
            #expect(try await house.actions().first == "account.proved")
        }
    }

    @Test("With the app on it takes both, and a code is good once", arguments: Engine.available)
    func code(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            try await house.turnOn(for: uma)
            let started = try await session(of: uma, house)
            house.world.advance(by: .minutes(10))
            let code = try await house.code(of: uma)
            let (password, id) = (uma.password, started.session.id)
            for (password, code) in [("", code), (password, "")] {
                await #expect(throws: Failure.self) {
                    try await house.factors.prove(password: password, code: code, for: id, in: uma.scope)
                }
            }
            #expect(try await isProven(started.token, house) == false)
            try await house.factors.prove(password: password, code: code, for: id, in: uma.scope)
            #expect(try await isProven(started.token, house) == true)
            await #expect(throws: Failure.self) {
                try await house.factors.prove(password: password, code: code, for: id, in: uma.scope)
            }
        }
    }

    @Test("What is wrong proves nothing, is counted, and after five tries nothing helps", arguments: Engine.available)
    func wrong(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let uma = house.cast.uma
            let started = try await session(of: uma, house)
            house.world.advance(by: .minutes(10))
            let shown = [("wrong", ""), ("", "000000"), ("wrong", "000000"), ("wrong", "")]
            for (password, code) in shown {
                let failure = await #expect(throws: Failure.self) {
                    try await house.factors.prove(
                        password: password,
                        code: code,
                        for: started.session.id,
                        in: uma.scope
                    )
                }
                #expect(failure?.fields.map(\.field) == [password.isEmpty ? "code" : "password"])
            }
            for password in ["wrong", uma.password] {
                let failure = await #expect(throws: Failure.self) {
                    try await house.factors.prove(password: password, code: "", for: started.session.id, in: uma.scope)
                }
                #expect(failure?.kind == .tooMany && failure?.retryAfter == .minutes(15))
            }
            #expect(try await isProven(started.token, house) == false)
        }
    }

    @Test("Nobody proves anything for another's session", arguments: Engine.available)
    func foreign(engine: Engine) async throws {
        try await SecondFactorHouse.with(engine) { house in
            let (uma, otto) = (house.cast.uma, house.cast.otto)
            let started = try await session(of: uma, house)
            house.world.advance(by: .minutes(10))
            try await house.factors.prove(password: otto.password, code: "", for: started.session.id, in: otto.scope)
            #expect(try await isProven(started.token, house) == false)
        }
    }
}
