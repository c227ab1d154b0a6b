import Persistence

/// What an act on many accounts came to.
package struct PeopleOutcome: Sendable {
    /// How many were changed.
    package let changed: Int
    /// How many were as they should be already.
    package let unchanged: Int
    /// Who was left as they were, and why.
    package let refused: [(username: String, why: Failure)]
    /// How many of those named are not there, or not to be seen.
    package let missing: Int
}

extension People {
    /// More than a page holds are not done at once.
    package static let mostAtOnce = PeopleRequest.largestPage

    /// Does the same to several accounts in one transaction. What is refused for one leaves the others be.
    package func perform(_ act: PersonAct, on publicIDs: [String], in scope: Scope) async throws -> PeopleOutcome {
        try Self.requireManager(scope)
        let now = effects.now()
        let named = Array(Set(publicIDs)).sorted().prefix(Self.mostAtOnce)
        return try await database.write { db in
            var (changed, unchanged) = (0, 0)
            var refused: [(username: String, why: Failure)] = []
            let found = try named.compactMap { try AccountQueries.find(publicID: $0, in: scope, on: db) }
            for account in found.sorted(by: { $0.username < $1.username }) {
                do {
                    if try act.perform(on: account, in: scope, at: now, on: db) {
                        changed += 1
                    } else {
                        unchanged += 1
                    }
                } catch let failure as Failure {
                    refused.append((account.username, failure))
                }
            }
            return PeopleOutcome(
                changed: changed,
                unchanged: unchanged,
                refused: refused,
                missing: named.count - found.count
            )
        }
    }

    /// Throws `Failure` where it may not be done; nothing happens where it is done already.
    package func perform(_ act: PersonAct, on publicID: String, in scope: Scope) async throws {
        try Self.requireManager(scope)
        let now = effects.now()
        try await database.write { db in
            guard let account = try AccountQueries.find(publicID: publicID, in: scope, on: db) else {
                throw Failure.notFound
            }
            _ = try act.perform(on: account, in: scope, at: now, on: db)
        }
    }

    /// Those of the named accounts that are there to be seen, by their usernames: what a confirmation shows.
    package func named(_ publicIDs: [String], in scope: Scope) async throws -> [Account] {
        try Self.requireManager(scope)
        let named = Array(Set(publicIDs)).prefix(Self.mostAtOnce)
        return try await database.read { db in
            try named.compactMap { try AccountQueries.find(publicID: $0, in: scope, on: db) }
                .sorted { $0.username < $1.username }
        }
    }
}
