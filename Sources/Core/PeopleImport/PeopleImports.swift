import Persistence

/// Brings people in from another system, with the passwords that they have. For those who manage people.
package struct PeopleImports: Sendable {
    /// Bytes.
    package static let largestList = 8 << 20
    /// More problems than this are counted and not named.
    package static let mostProblems = 200

    let accounts: Accounts

    package init(accounts: Accounts) {
        self.accounts = accounts
    }

    /// Keeps a list, to be looked at and then started. Answers its public id. Throws `Failure` at the field `file`.
    package func handIn(_ bytes: [UInt8], in scope: Scope) async throws -> String {
        try People.requireManager(scope)
        let account = try scope.requireAccount()
        guard !bytes.isEmpty else { throw Failure.invalid([.listMissing]) }
        guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
            throw Failure.invalid([.listNoText])
        }
        let list = try ImportList(text)
        let (publicID, now) = (accounts.effects.publicID(), accounts.effects.now())
        try await accounts.database.write { db in
            let _: ID<PeopleImport> = try db.inserted(
                ImportQueries.insert(
                    publicID,
                    text,
                    total: list.entries.count,
                    by: account,
                    at: now,
                    in: scope.tenant
                )
            )
        }
        return publicID
    }

    /// What would happen, and nothing does. Of a list that was started only how far it is.
    package func look(at publicID: String, in scope: Scope) async throws -> ImportReport {
        try People.requireManager(scope)
        return try await accounts.database.read { db in
            guard let list = try db.first(ImportQueries.find(publicID, in: scope), as: PeopleImport.init) else {
                throw Failure.notFound
            }
            guard list.state == .checked, let text: String = try db.value(ImportQueries.content(of: list.id)) else {
                return ImportReport(list: list, ready: 0, problems: [])
            }
            var seen: [String: Int] = [:]
            var ready = 0
            var problems: [ImportReport.Problem] = []
            for entry in try ImportList(text).entries {
                let found = try Self.problems(of: entry, seen: &seen, in: scope, on: db)
                if found.isEmpty { ready += 1 }
                for problem in found where problems.count < Self.mostProblems {
                    problems.append(.init(line: entry.line, username: entry.username, problem: problem))
                }
            }
            return ImportReport(list: list, ready: ready, problems: problems)
        }
    }

    /// Lets a job make the accounts of those lines that have nothing wrong with them. Throws `Failure.importStarted`.
    package func start(_ publicID: String, in scope: Scope) async throws {
        try People.requireManager(scope)
        let now = accounts.effects.now()
        try await accounts.database.write { db in
            guard let list = try db.first(ImportQueries.find(publicID, in: scope), as: PeopleImport.init) else {
                throw Failure.notFound
            }
            guard try db.execute(ImportQueries.start(list.id)) == 1 else { throw Failure.importStarted }
            let request = JobRequest(
                kind: ImportJob.kind,
                payload: ["import": list.id.description],
                tenant: scope.tenant
            )
            try Jobs.enqueue(request, on: db, at: now)
            let event = AuditEvent("people.import_started", nil, details: ["lines": String(list.total)])
            try Audit.record(event, in: scope, at: now, on: db)
        }
    }

    /// - Parameter seen: the names and addresses of the lines before, each with its line; those of this one are added.
    static func problems(
        of entry: ImportList.Entry,
        seen: inout [String: Int],
        in scope: Scope,
        on db: any Connection
    ) throws -> [Failure.FieldProblem] {
        let checked = entry.check()
        var problems = checked.problems
        let keys = [checked.username?.key, checked.email.map { "@" + $0.key }].compactMap { $0 }
        if let line = keys.compactMap({ seen[$0] }).min() { problems.append(.repeatsLine(line)) }
        for key in keys where seen[key] == nil { seen[key] = entry.line }
        problems += try RegistrationQueries.taken(
            username: checked.username?.key,
            email: checked.email?.key,
            in: scope.tenant,
            on: db
        )
        do {
            _ = try ImportTarget(entry, in: scope, on: db)
        } catch let problem as Failure.FieldProblem {
            // Whoever stands further up in the list is there when the line's turn comes.
            let comesFirst = seen[entry.parent.lowercased()].map { $0 < entry.line } ?? false
            if problem != .unknownParent || !comesFirst { problems.append(problem) }
        }
        return problems
    }
}
