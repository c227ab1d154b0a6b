import Persistence

enum AccountTreeQueries {
    static func insertSelf(_ account: ID<Account>, on db: any Connection) throws {
        try db.execute(
            "INSERT INTO account_tree (ancestor_id, descendant_id, depth) VALUES (\(account), \(account), 0)"
        )
    }

    /// Every ancestor of the parent with every member of the subtree.
    static func link(_ account: ID<Account>, below parent: ID<Account>, on db: any Connection) throws {
        try db.execute(
            """
            INSERT INTO account_tree (ancestor_id, descendant_id, depth)
            SELECT above.ancestor_id, below.descendant_id, above.depth + below.depth + 1
            FROM account_tree above CROSS JOIN account_tree below
            WHERE above.descendant_id = \(parent) AND below.ancestor_id = \(account)
            """
        )
    }

    /// The subtree keeps its own pairs and loses those with everybody above it.
    static func unlink(_ account: ID<Account>, on db: any Connection) throws {
        try db.execute(
            """
            DELETE FROM account_tree
            WHERE descendant_id IN (SELECT descendant_id FROM account_tree WHERE ancestor_id = \(account))
              AND ancestor_id NOT IN (SELECT descendant_id FROM account_tree WHERE ancestor_id = \(account))
            """
        )
    }

    static func setParent(_ parent: ID<Account>?, of account: ID<Account>, on db: any Connection) throws {
        try db.execute("UPDATE account SET parent_id = \(parent) WHERE id = \(account)")
    }

    static func stands(_ account: ID<Account>, below ancestor: ID<Account>, on db: any Connection) throws -> Bool {
        try db.exists(
            "SELECT 1 FROM account_tree WHERE ancestor_id = \(ancestor) AND descendant_id = \(account)"
        )
    }

    /// How many stand above an account.
    static func level(of account: ID<Account>, on db: any Connection) throws -> Int {
        try db.value("SELECT max(depth) FROM account_tree WHERE descendant_id = \(account)") ?? 0
    }

    /// Everybody below an account that the scope sees, nearest first.
    static func descendants(of account: ID<Account>, limit: Int, in scope: Scope) -> SQL {
        """
        SELECT t.descendant_id, t.depth FROM account_tree t
        WHERE t.ancestor_id = \(account) AND t.depth > 0 AND \(scope.sees("t.descendant_id"))
        ORDER BY t.depth, t.descendant_id LIMIT \(limit)
        """
    }

    struct Ancestor {
        let account: ID<Account>
        let depth: Int
        let type: UserType
    }

    /// The account itself first, then its parent, and so on to the top.
    static func ancestors(of account: ID<Account>, on db: any Connection) throws -> [Ancestor] {
        let statement: SQL = """
            SELECT t.ancestor_id, t.depth, \(UserType.columns)
            FROM account_tree t JOIN account a ON a.id = t.ancestor_id JOIN user_type ut ON ut.id = a.user_type_id
            WHERE t.descendant_id = \(account) ORDER BY t.depth
            """
        return try db.all(statement) { row in
            Ancestor(account: try row["ancestor_id"], depth: try row["depth"], type: try UserType(row))
        }
    }

    /// The account itself counts as one account on level 0.
    static func size(of account: ID<Account>, on db: any Connection) throws -> (accounts: Int, levels: Int) {
        let row = try db.first(
            """
            SELECT count(*) AS accounts, coalesce(max(depth), 0) AS levels
            FROM account_tree WHERE ancestor_id = \(account)
            """
        )
        guard let row else { return (0, 0) }
        return (try row["accounts"], try row["levels"])
    }
}
