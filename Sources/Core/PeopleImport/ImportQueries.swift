import Persistence

/// All SQL of imports.
enum ImportQueries {
    static func insert(
        _ publicID: String,
        _ content: String,
        total: Int,
        by account: ID<Account>,
        at now: Timestamp,
        in tenant: ID<Tenant>
    ) -> SQL {
        """
        INSERT INTO people_import (public_id, tenant_id, account_id, content, total, state, created_at)
        VALUES (\(publicID), \(tenant), \(account), \(content), \(total), 'checked', \(now))
        RETURNING id
        """
    }

    private static let columns: SQL = """
        i.id, i.public_id, i.tenant_id, i.account_id, i.total, i.position, i.added, i.state
        """

    static func find(_ publicID: String, in scope: Scope) -> SQL {
        """
        SELECT \(columns) FROM people_import i
        WHERE i.public_id = \(publicID) AND \(scope.sees("i.account_id"))
        """
    }

    static func find(_ id: ID<PeopleImport>) -> SQL {
        "SELECT \(columns) FROM people_import i WHERE i.id = \(id)"
    }

    static func content(of id: ID<PeopleImport>) -> SQL {
        "SELECT content FROM people_import WHERE id = \(id)"
    }

    /// One row for the first who starts it.
    static func start(_ id: ID<PeopleImport>) -> SQL {
        "UPDATE people_import SET state = 'running' WHERE id = \(id) AND state = 'checked'"
    }

    /// Changes no row when somebody else went on meanwhile.
    static func advance(_ id: ID<PeopleImport>, from old: Int, to new: Int, added: Int) -> SQL {
        """
        UPDATE people_import SET position = \(new), added = added + \(added)
        WHERE id = \(id) AND position = \(old) AND state = 'running'
        """
    }

    static func finish(_ id: ID<PeopleImport>) -> SQL {
        "UPDATE people_import SET state = 'done', content = '' WHERE id = \(id)"
    }

    /// Lists that nobody started, and those that are long done.
    static func sweep(before moment: Timestamp) -> SQL {
        "DELETE FROM people_import WHERE created_at < \(moment) AND state <> 'running'"
    }
}
