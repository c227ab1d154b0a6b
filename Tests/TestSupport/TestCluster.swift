import CLibPQ
import Foundation
package import Persistence

/// The PostgreSQL cluster that tests make their databases in.
package enum TestCluster {
    /// `postgresql://…/postgres` of a superuser; nil when there is no cluster.
    package static let url = ProcessInfo.processInfo.environment["MEDIASHARE_TEST_POSTGRES"].flatMap {
        $0.isEmpty ? nil : $0
    }

    static func makeTemplate(_ number: Int, _ migrations: [Migration]) async throws -> String {
        let name = "mediashare_\(ProcessInfo.processInfo.processIdentifier)_template_\(number)"
        try await admin.run("CREATE DATABASE \(name) ENCODING 'UTF8' TEMPLATE template0")
        let database = try await Databases.open(try address(of: name), options: .testing)
        try await Migrator(database, migrations).migrate()
        await database.close()
        return name
    }

    static func copy(of template: String) async throws -> DatabaseTemplates.Copy {
        let name = "mediashare_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        try await admin.run("CREATE DATABASE \(name) TEMPLATE \(template)")
        return DatabaseTemplates.Copy(url: try address(of: name)) {
            try? await admin.run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        }
    }

    /// The cluster's URL with another database in it.
    package static func address(of database: String) throws -> DatabaseURL {
        guard let url, var components = URLComponents(string: url) else { throw NoCluster() }
        components.path = "/\(database)"
        return try DatabaseURL(components.string ?? url)
    }

    private static let admin = Admin()

    struct NoCluster: Error {}
}

/// One connection of the superuser, for what cannot run inside a transaction. Open until the tests end.
private actor Admin {
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    private var connection: OpaquePointer?

    func run(_ statement: String) throws {
        let connection = try connection ?? connect()
        self.connection = connection
        let result = PQexec(connection, statement)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else {
            throw Refused(description: String(cString: PQerrorMessage(connection)))
        }
    }

    private func connect() throws -> OpaquePointer {
        guard let url = TestCluster.url, let connection = PQconnectdb(url) else { throw TestCluster.NoCluster() }
        guard PQstatus(connection) == CONNECTION_OK else {
            defer { PQfinish(connection) }
            throw Refused(description: String(cString: PQerrorMessage(connection)))
        }
        return connection
    }
}
