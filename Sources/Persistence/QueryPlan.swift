/// How an engine means to answer a query: for tests that every list is served by an index.
///
///     let plan = try db.explain(query)
///     #expect(plan.usesIndex("media_tenant_created") && !plan.sorts && !plan.scansTable("media"))
///
/// On PostgreSQL scans of whole tables and sorts are switched off for the plan, so that it does without an index only
/// where none can serve, however small the test's tables are.
package struct QueryPlan: Sendable, CustomStringConvertible {
    package let dialect: Dialect
    /// One line per step, as the engine words it.
    package let lines: [String]

    package var description: String { lines.joined(separator: "\n") }

    package func usesIndex(_ index: String) -> Bool {
        switch dialect {
        case .sqlite:
            lines.contains { $0.contains("INDEX \(index) ") || $0.hasSuffix("INDEX \(index)") }
        case .postgres:
            lines.contains { line in
                line.contains("Scan using \(index) on ") || line.contains("Scan Backward using \(index) on ")
                    || line.contains("Index Scan on \(index) ")
            }
        }
    }

    /// Whether every row of the table is read without the help of an index. `table` is the table's name or its alias.
    package func scansTable(_ table: String) -> Bool {
        switch dialect {
        case .sqlite:
            lines.contains { $0 == "SCAN \(table)" || ($0.hasPrefix("SCAN \(table) ") && !$0.contains(" INDEX ")) }
        case .postgres:
            lines.contains {
                $0.contains("Seq Scan on \(table) ")
                    || $0.wholeMatch(of: #/.*Seq Scan on \w+ (\w+) .*/#)?.1 == table[...]
            }
        }
    }

    /// Whether the answer is sorted afterwards instead of coming in order from an index.
    package var sorts: Bool {
        switch dialect {
        case .sqlite: lines.contains { $0.hasPrefix("USE TEMP B-TREE FOR ORDER BY") || $0.contains("OF ORDER BY") }
        case .postgres: lines.contains { $0.contains("Sort  (cost") }
        }
    }
}

extension Connection {
    /// The plan of a query, which is not run.
    package func explain(_ sql: SQL) throws -> QueryPlan {
        switch dialect {
        case .sqlite:
            QueryPlan(dialect: dialect, lines: try all("EXPLAIN QUERY PLAN \(sql)") { try $0["detail"] })
        case .postgres:
            try explainOnPostgres(sql)
        }
    }

    private func explainOnPostgres(_ sql: SQL) throws -> QueryPlan {
        _ = try rows("SELECT set_config(name, 'off', true) FROM pg_settings WHERE name \(any: Self.switchedOff)")
        let plan = QueryPlan(dialect: dialect, lines: try values("EXPLAIN (FORMAT TEXT) \(sql)"))
        _ = try rows("SELECT set_config(name, 'on', true) FROM pg_settings WHERE name \(any: Self.switchedOff)")
        return plan
    }

    private static var switchedOff: [String] {
        ["enable_seqscan", "enable_bitmapscan", "enable_sort", "enable_incremental_sort"]
    }
}
