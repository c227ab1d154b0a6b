/// Opens databases by their address.
package enum Databases {
    /// Opens the database and makes one connection, so that a wrong address is known at once.
    /// Throws `DatabaseUnavailable` when it cannot be reached.
    package static func open(_ url: DatabaseURL, options: DatabaseOptions = DatabaseOptions()) async throws
        -> any Database
    {
        switch url {
        case .sqlite(let path):
            try await SQLiteDatabase(path: path, options: options)
        case .postgres(let url):
            try await PostgresDatabase(url: url, options: options)
        }
    }

    package static func open(url: String, options: DatabaseOptions = DatabaseOptions()) async throws -> any Database {
        try await open(DatabaseURL(url), options: options)
    }
}
