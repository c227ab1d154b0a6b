package import CoreMetrics
package import Logging

/// How a database is opened. The defaults suit a server; tests lower what they wait for.
package struct DatabaseOptions: Sendable {
    /// How many transactions run at the same time (readers on SQLite, connections on PostgreSQL).
    package var connections = 8
    /// How long a transaction may wait for a connection, and how long a lost server is tried again.
    package var waitingTime: Duration = .seconds(5)
    /// A statement that runs longer is stopped (PostgreSQL).
    package var statementTimeout: Duration = .seconds(30)
    /// A connection is replaced when it is this old, so that a failover or a new address is noticed (PostgreSQL).
    package var maximumAge: Duration = .seconds(1800)
    /// How many prepared statements a connection keeps (PostgreSQL).
    package var preparedStatements = 256
    /// What an acknowledged commit survives (SQLite).
    package var durability = Durability.powerLoss
    /// Statements that take longer are logged with their label and text, never with values.
    package var slowQueryTime: Duration = .milliseconds(250)
    /// Logs every statement's text at debug level.
    package var logsStatements = false
    package var logger: Logger
    /// Where the timers `database.query` go.
    package var metrics: any MetricsFactory = MetricsSystem.factory

    package enum Durability: Sendable {
        /// `synchronous=FULL`: the disk has it before the commit returns.
        case powerLoss
        /// `synchronous=OFF`, for tests: the operating system has it.
        case none
    }

    package init(logger: Logger = Logger(label: "database")) {
        self.logger = logger
    }
}
