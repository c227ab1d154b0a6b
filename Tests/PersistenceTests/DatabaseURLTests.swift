import Persistence
import Testing

struct DatabaseURLTests {
    @Test(
        "Addresses are understood as people write them",
        arguments: [
            ("sqlite:data/media.sqlite", DatabaseURL.sqlite(path: "data/media.sqlite")),
            ("sqlite:/var/lib/media.sqlite", .sqlite(path: "/var/lib/media.sqlite")),
            ("sqlite:///media.db", .sqlite(path: "media.db")),
            ("sqlite:////var/media.db", .sqlite(path: "/var/media.db")),
            ("postgres://uma@host/db", .postgres("postgresql://uma@host/db")),
            (
                " postgresql://a:1,b:2/db?target_session_attrs=primary\n",
                .postgres("postgresql://a:1,b:2/db?target_session_attrs=primary")
            ),
            ("postgresql+psycopg2://uma@host/db", .postgres("postgresql://uma@host/db")),
            ("PostgreSQL://host/db", .postgres("postgresql://host/db")),
        ]
    )
    func understood(text: String, expected: DatabaseURL) throws {
        #expect(try DatabaseURL(text) == expected)
    }

    @Test(
        "Anything else is refused with what to write instead",
        arguments: [
            "", "media.sqlite", "mysql://host/db", "sqlite:", "sqlite://host/media", "sqlite::memory:", "postgres:db",
        ]
    )
    func refused(text: String) {
        #expect(throws: DatabaseURL.Invalid.self) { try DatabaseURL(text) }
    }

    @Test("A password does not get into a message")
    func masked() throws {
        let url = try DatabaseURL("postgres://uma:hunter2@host:5432/db?sslmode=require&password=hunter3&x=1")
        #expect("\(url)" == "postgresql://uma:***@host:5432/db?sslmode=require&password=***&x=1")
    }
}
