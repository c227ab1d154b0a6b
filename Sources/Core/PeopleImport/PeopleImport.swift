import Persistence

/// A list of people that was handed in.
package struct PeopleImport: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, SQLConvertible {
        /// Looked at, and nothing done.
        case checked
        case running
        case done
    }

    package let id: ID<PeopleImport>
    package let publicID: String
    package let account: ID<Account>
    package let tenant: ID<Tenant>
    package let state: State
    /// Lines in all.
    package let total: Int
    /// Lines that are behind.
    package let position: Int
    /// Accounts that were made.
    package let added: Int

    package init(publicID: String, state: State, total: Int, position: Int, added: Int) {
        (id, account, tenant) = (ID(0), ID(0), .platform)
        self.publicID = publicID
        self.state = state
        self.total = total
        self.position = position
        self.added = added
    }

    init(_ row: Row) throws {
        id = try row["id"]
        publicID = try row["public_id"]
        account = try row["account_id"]
        tenant = try row["tenant_id"]
        state = try row["state"]
        total = try row["total"]
        position = try row["position"]
        added = try row["added"]
    }
}

/// What looking at a list found.
package struct ImportReport: Sendable {
    package struct Problem: Sendable, Hashable {
        package let line: Int
        package let username: String
        package let problem: Failure.FieldProblem

        package init(line: Int, username: String, problem: Failure.FieldProblem) {
            self.line = line
            self.username = username
            self.problem = problem
        }
    }

    package let list: PeopleImport
    /// How many lines have nothing wrong with them.
    package let ready: Int
    /// The first of what is wrong, by lines.
    package let problems: [Problem]

    package init(list: PeopleImport, ready: Int, problems: [Problem]) {
        self.list = list
        self.ready = ready
        self.problems = problems
    }
}
