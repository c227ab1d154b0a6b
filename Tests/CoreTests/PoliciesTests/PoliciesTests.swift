import TestSupport
import Testing

@testable import Core

@Suite("Policies")
struct PoliciesTests {
    private func registration(_ agreement: Registration.Agreement) -> Registration {
        Registration(
            username: "nora",
            email: "nora@example.com",
            password: "a very long secret",
            passwordConfirmation: "a very long secret",
            agreement: agreement
        )
    }

    @Test("Each text that is published is a version of its own, and the old ones stay", arguments: Engine.available)
    func versions(engine: Engine) async throws {
        try await withMailHouse(engine) { house async throws in
            let (policies, root) = (Policies(database: house.database, effects: house.world.effects), house.cast.root)
            #expect(try await policies.current(.terms) == nil)
            try await policies.publish(.terms, "Be kind.", after: 0, in: root.scope)
            try await policies.publish(.terms, "Be kind.\n", after: 1, in: root.scope)
            try await policies.publish(.terms, "Be very kind.", after: 1, in: root.scope)
            #expect(try await policies.current(.terms)?.text == "Be very kind.")
            #expect(try await policies.find(.terms, version: 1).text == "Be kind.")
            #expect(try await policies.versions() == PolicyVersions(privacy: 0, terms: 2))
            await #expect(throws: Failure.notFound) { try await policies.find(.terms, version: 3) }
            #expect(try await house.actions().filter { $0 == "policy.published" }.count == 2)
        }
    }

    @Test("Only those who manage settings publish, and nobody over another's head", arguments: Engine.available)
    func publishing(engine: Engine) async throws {
        try await withMailHouse(engine) { house async throws in
            let policies = Policies(database: house.database, effects: house.world.effects)
            for scope in [house.cast.uma.scope, house.cast.rita.scope] {
                await #expect(throws: Failure.forbidden) {
                    try await policies.publish(.privacy, "Mine", after: 0, in: scope)
                }
            }
            await #expect(throws: Failure.notSignedIn) {
                try await policies.publish(.privacy, "Mine", after: 0, in: house.visitor)
            }
            let root = house.cast.root.scope
            for text in [" \n", String(repeating: "x", count: 50_001), "a\u{0}b"] {
                let failure = await #expect(throws: Failure.self) {
                    try await policies.publish(.privacy, text, after: 0, in: root)
                }
                #expect(failure?.fields.map(\.field) == ["text"])
            }
            try await policies.publish(.privacy, "First", after: 0, in: root)
            await #expect(throws: Failure.policyChangedMeanwhile) {
                try await policies.publish(.privacy, "Second", after: 0, in: root)
            }
            #expect(try await policies.current(.privacy)?.text == "First")
        }
    }

    @Test("Of ten who publish at the same moment one does", arguments: Engine.available)
    func race(engine: Engine) async throws {
        try await withMailHouse(engine) { house async throws in
            let (policies, root) = (Policies(database: house.database, effects: house.world.effects), house.cast.root)
            let successes = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<10 {
                    group.addTask {
                        do {
                            try await policies.publish(.terms, "Text \(number)", after: 0, in: root.scope)
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(successes == 1)
            #expect(try await policies.versions().terms == 1)
        }
    }

    @Test("Who registers agrees to the versions in force, with the time", arguments: Engine.available)
    func acceptance(engine: Engine) async throws {
        try await withMailHouse(engine) { house async throws in
            let policies = Policies(database: house.database, effects: house.world.effects)
            try await policies.publish(.terms, "Be kind.", after: 0, in: house.cast.root.scope)
            let given = Registration.Agreement.given(PolicyVersions(privacy: 0, terms: 1))
            let nora = try await house.accounts.register(registration(given), in: house.visitor)
            let agreed = try await policies.acceptances(of: nora.id, in: house.cast.root.scope)
            #expect(agreed.map(\.kind) == [.privacy, .terms] && agreed.map(\.version) == [0, 1])
            #expect(agreed.allSatisfy { $0.acceptedAt == house.world.now })
            #expect(try await policies.acceptances(of: nora.id, in: house.cast.otto.scope).isEmpty)
        }
    }

    @Test("Without agreement, or with one to an old version, there is no account", arguments: Engine.available)
    func noAgreement(engine: Engine) async throws {
        try await withMailHouse(engine) { house async throws in
            let policies = Policies(database: house.database, effects: house.world.effects)
            try await policies.publish(.privacy, "We forget.", after: 0, in: house.cast.root.scope)
            let old = Registration.Agreement.given(PolicyVersions(privacy: 0, terms: 0))
            for agreement in [.refused, old] {
                let failure = await #expect(throws: Failure.self) {
                    try await house.accounts.register(registration(agreement), in: house.visitor)
                }
                #expect(failure?.fields.map(\.field) == ["agreement"])
            }
            await #expect(throws: Failure.notFound) {
                try await house.accounts.byEmail("nora@example.com", in: .system())
            }
        }
    }
}
