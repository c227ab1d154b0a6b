/// One thing that can be set.
package struct SettingDescription: Sendable {
    package let name: String
    /// What `mediashare config` shows when it is not set.
    package let fallback: String
    package let example: String
    package let help: String
    package var isSecret = false
    /// Older names that still work, with a warning.
    package var deprecatedNames: [String] = []
}

/// All that can be set, by the name it has in the environment and in the file. Arguments carry the same names:
/// `--set DATABASE_URL=…`.
package enum SettingsCatalogue {
    package static let all: [SettingDescription] = [
        .init(
            name: "MEDIASHARE_ENV",
            fallback: "development",
            example: "production",
            help: "development, production or testing. Production refuses weak secrets and insecure base URLs."
        ),
        .init(
            name: "MEDIASHARE_HOST",
            fallback: "127.0.0.1",
            example: "0.0.0.0",
            help: "The address to listen on.",
            deprecatedNames: ["FLASK_HOST"]
        ),
        .init(
            name: "MEDIASHARE_PORT",
            fallback: "8080",
            example: "8080",
            help: "The port to listen on.",
            deprecatedNames: ["FLASK_PORT"]
        ),
        .init(
            name: "MEDIASHARE_DEBUG",
            fallback: "false",
            example: "true",
            help: "Log more, and reload assets from disk.",
            deprecatedNames: ["FLASK_DEBUG"]
        ),
        .init(
            name: "MEDIASHARE_BASE_URL",
            fallback: "http://HOST:PORT",
            example: "https://media.example.org",
            help: "The address that visitors type; links in mails and cookies' security follow it."
        ),
        .init(
            name: "MEDIASHARE_TLS_CERTIFICATE",
            fallback: "",
            example: "/etc/mediashare/fullchain.pem",
            help: "A PEM file with the certificate chain; with it the program speaks HTTPS itself."
        ),
        .init(
            name: "MEDIASHARE_TLS_KEY",
            fallback: "",
            example: "/etc/mediashare/key.pem",
            help: "The PEM file with the certificate's private key."
        ),
        .init(
            name: "MEDIASHARE_TRUSTED_PROXIES",
            fallback: "",
            example: "127.0.0.1/32,10.0.0.0/8",
            help: "Networks whose X-Forwarded-* headers are believed, separated by commas."
        ),
        .init(
            name: "MEDIASHARE_MAX_CONNECTIONS",
            fallback: "4096",
            example: "10000",
            help: "Connections beyond this number are turned away."
        ),
        .init(
            name: "MEDIASHARE_LOG_LEVEL",
            fallback: "info",
            example: "debug",
            help: "trace, debug, info, notice, warning, error or critical."
        ),
        .init(
            name: "MEDIASHARE_DATA",
            fallback: "data",
            example: "/var/lib/mediashare",
            help: "The folder of everything that has no place of its own: database, media, secret."
        ),
        .init(
            name: "DATABASE_URL",
            fallback: "sqlite:DATA/mediashare.sqlite",
            example: "postgres://mediashare:secret@db.example.org/mediashare",
            help: "The database. Without it DB_* make a PostgreSQL address; without those it is SQLite.",
            isSecret: true
        ),
        .init(name: "DB_HOST", fallback: "", example: "db.example.org", help: "PostgreSQL's host."),
        .init(name: "DB_PORT", fallback: "5432", example: "5432", help: "PostgreSQL's port."),
        .init(name: "DB_NAME", fallback: "mediashare", example: "mediashare", help: "PostgreSQL's database."),
        .init(name: "DB_USER", fallback: "mediashare", example: "mediashare", help: "PostgreSQL's user."),
        .init(name: "DB_PASSWORD", fallback: "", example: "correct horse", help: "Their password.", isSecret: true),
        .init(
            name: "MEDIASHARE_DB_CONNECTIONS",
            fallback: "8",
            example: "16",
            help: "Connections to PostgreSQL that one process keeps, or SQLite readers."
        ),
        .init(
            name: "MEDIASHARE_SLOW_QUERY_MS",
            fallback: "250",
            example: "100",
            help: "Queries that take longer are logged, without their values."
        ),
        .init(
            name: "UPLOAD_FOLDER",
            fallback: "DATA/media",
            example: "/srv/media",
            help: "Where the bytes of all media lie. Nothing below it is ever served by its path."
        ),
        .init(
            name: "MEDIASHARE_DISK_RESERVE_MB",
            fallback: "256",
            example: "2048",
            help: "MiB of the disk of UPLOAD_FOLDER that uploads leave free; bytes beyond are refused with 507."
        ),
        .init(
            name: "MEDIASHARE_ACCEL_PREFIX",
            fallback: "",
            example: "/internal-media",
            help: "Let nginx deliver files: the internal location that stands for UPLOAD_FOLDER."
        ),
        .init(
            name: "SECRET_KEY",
            fallback: "made at the first start and kept in DATA/secret-key",
            example: "at least 32 characters from a password generator",
            help:
                "Signs cookies and links, and encrypts the keys of authenticator apps. With another one, apps' codes are wrong.",
            isSecret: true
        ),
        .init(
            name: "MEDIASHARE_SESSION_IDLE_HOURS",
            fallback: "168",
            example: "24",
            help: "A session ends after this long without use."
        ),
        .init(
            name: "MEDIASHARE_SESSION_DAYS",
            fallback: "30",
            example: "7",
            help: "A session ends after this long in any case."
        ),
        .init(
            name: "MEDIASHARE_PASSWORD_MINIMUM",
            fallback: "8",
            example: "15",
            help: "The least number of characters of a password; 15 is recommended."
        ),
        .init(
            name: "MEDIASHARE_DELETION_DAYS",
            fallback: "14",
            example: "30",
            help: "How many days somebody who deletes their account can change their mind."
        ),
        .init(
            name: "MEDIASHARE_JOB_LEASE_SECONDS",
            fallback: "30",
            example: "60",
            help: "How long a job stays with a worker that has gone silent."
        ),
        .init(
            name: "MEDIASHARE_JOB_HEARTBEAT_SECONDS",
            fallback: "10",
            example: "20",
            help: "How often a running job says that it is alive; less than half of the lease."
        ),
        .init(
            name: "MEDIASHARE_JOB_CONCURRENCY",
            fallback: "1",
            example: "4",
            help: "How many media one process works on at once."
        ),
        .init(name: "MAIL_SERVER", fallback: "", example: "smtp.example.org", help: "The SMTP server."),
        .init(name: "MAIL_PORT", fallback: "587", example: "465", help: "Its port."),
        .init(name: "MAIL_USE_TLS", fallback: "true", example: "true", help: "Use STARTTLS."),
        .init(name: "MAIL_USE_SSL", fallback: "false", example: "true", help: "Use TLS from the first byte."),
        .init(name: "MAIL_USERNAME", fallback: "", example: "mediashare", help: "The name to sign in with."),
        .init(name: "MAIL_PASSWORD", fallback: "", example: "correct horse", help: "Its password.", isSecret: true),
        .init(
            name: "MAIL_DEFAULT_SENDER",
            fallback: "mediashare@ the host of MEDIASHARE_BASE_URL",
            example: "MediaShare <media@example.org>",
            help: "Who mails come from."
        ),
        .init(
            name: "MAIL_CA_FILE",
            fallback: "",
            example: "/etc/ssl/our-own-authority.pem",
            help: "Authorities for the mail server's certificate, when they are not among the system's."
        ),
        .init(
            name: "MEDIASHARE_SIGN_UP",
            fallback: "at-once",
            example: "verify-first",
            help:
                "at-once signs new people in and lets them confirm their address later; verify-first makes no account before."
        ),
        .init(
            name: "MEDIASHARE_UNVERIFIED_MAY_NOT",
            fallback: "upload,share,use_api with MAIL_SERVER, nothing without it",
            example: "upload,share,download,use_api",
            help: "What an account may not do before it proved its e-mail address; `nothing` lets it do all."
        ),
        .init(
            name: "MEDIASHARE_SECOND_FACTOR_FOR",
            fallback: "",
            example: "admin,reseller",
            help: "User types that must use two-step sign-in; they are led to set it up before anything else."
        ),
    ]

    static func description(of name: String) -> SettingDescription? {
        all.first { $0.name == name }
    }
}
