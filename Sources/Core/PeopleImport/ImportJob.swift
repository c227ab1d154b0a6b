import Persistence

/// Makes the accounts of a list, a few at a time. How far it is stands in the transaction that makes them, so nobody is
/// left out and nobody comes twice, whatever interrupts it.
package struct ImportJob: JobHandler {
    static let kind: JobKind = "people.import"
    private static let batch = 50

    package let kind: JobKind = ImportJob.kind
    private let accounts: Accounts

    package init(accounts: Accounts) {
        self.accounts = accounts
    }

    package func run(_ job: RunningJob) async throws {
        guard let id = job.payload["import"].flatMap(Int64.init).map(ID<PeopleImport>.init) else {
            throw JobFailure.permanent("The job names no list.")
        }
        let found = try await accounts.database.read { db in
            (
                try db.first(ImportQueries.find(id), as: PeopleImport.init),
                try db.value(ImportQueries.content(of: id), as: String.self)
            )
        }
        guard let list = found.0, let text = found.1, list.state == .running else {
            try await job.complete()
            return
        }
        // With the rights that whoever handed it in has now.
        let scope = try await accounts.scope(for: list.account)
        let entries = try ImportList(text).entries
        var position = list.position
        while position < entries.count {
            let batch = Array(entries[position..<min(position + Self.batch, entries.count)])
            let drafts = batch.compactMap(draft)
            let (start, end) = (position, position + batch.count)
            let now = accounts.effects.now()
            try await accounts.database.write { db in
                var added = 0
                for draft in drafts where try Self.add(draft, in: scope, at: now, on: db) { added += 1 }
                guard try db.execute(ImportQueries.advance(id, from: start, to: end, added: added)) == 1 else {
                    throw JobFailure.temporary("Another worker went on with this list.")
                }
            }
            position = end
            try await job.report(progress: Double(position) / Double(entries.count))
        }
        let now = accounts.effects.now()
        try await job.complete { db in
            try db.execute(ImportQueries.finish(id))
            let added = try db.first(ImportQueries.find(id), as: PeopleImport.init)?.added ?? 0
            let done = NotificationEvent.Import(publicID: list.publicID, added: added)
            try Notify.tell(list.account, .importFinished(done), at: now, on: db)
            let event = AuditEvent("people.imported", nil, details: ["added": String(added)])
            try Audit.record(event, in: scope, at: now, on: db)
        }
    }

    private struct Draft: Sendable {
        let entry: ImportList.Entry
        let draft: Accounts.Draft
    }

    /// nil for a line that has something wrong with it.
    private func draft(_ entry: ImportList.Entry) -> Draft? {
        let checked = entry.check()
        guard checked.problems.isEmpty, let username = checked.username, let email = checked.email else { return nil }
        let draft = Accounts.Draft(
            username: username,
            email: email,
            passwordHash: entry.passwordHash,
            typeCode: entry.typeCode.isEmpty ? nil : entry.typeCode,
            parent: nil,
            publicID: accounts.effects.publicID(),
            profilePublicID: accounts.effects.publicID(),
            isVouchedFor: true,
            now: accounts.effects.now()
        )
        return Draft(entry: entry, draft: draft)
    }

    /// Answers false for somebody who is there already or has no place in the tree; they are left out.
    private static func add(_ draft: Draft, in scope: Scope, at now: Timestamp, on db: any Connection) throws -> Bool {
        let (entry, draft) = (draft.entry, draft.draft)
        let taken = try RegistrationQueries.taken(
            username: draft.username.key,
            email: draft.email.key,
            in: scope.tenant,
            on: db
        )
        guard taken.isEmpty else { return false }
        let target: ImportTarget
        do {
            target = try ImportTarget(entry, in: scope, on: db)
            if let parent = target.parent { try AccountTree.checkRoom(belowNew: parent, on: db) }
        } catch is Failure.FieldProblem {
            return false
        } catch is Failure {
            return false
        }
        _ = try Accounts.insert(draft.below(target.parent), action: "account.imported", in: scope, on: db)
        return true
    }
}

extension Accounts.Draft {
    fileprivate func below(_ parent: ID<Account>?) -> Accounts.Draft {
        Accounts.Draft(
            username: username,
            email: email,
            passwordHash: passwordHash,
            typeCode: typeCode,
            parent: parent,
            publicID: publicID,
            profilePublicID: profilePublicID,
            isVouchedFor: isVouchedFor,
            now: now
        )
    }
}

/// Forgets lists after a day: they hold hashes of passwords.
package struct ImportSweep: JobHandler {
    package let kind: JobKind = "people.import_sweep"
    package let every: Duration? = .hours(1)
    private let effects: Effects

    package init(effects: Effects) {
        self.effects = effects
    }

    package func run(_ job: RunningJob) async throws {
        let before = effects.now() - .days(1)
        try await job.complete { db in try db.execute(ImportQueries.sweep(before: before)) }
    }
}
