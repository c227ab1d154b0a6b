import Foundation
package import Integrations

/// How this installation runs: read once at the start from arguments, environment, file and defaults, in this order of
/// weight, and then passed as a value. `SettingsReader` makes it; `SettingsCatalogue` says what there is.
package struct Settings: Sendable {
    package enum Environment: String, Sendable, CaseIterable {
        case development
        case production
        /// Turns CSRF tokens off (the header check stays), as the tests of older clients expect.
        case testing
    }

    package struct TLS: Sendable, Hashable {
        package let certificateFile: String
        package let keyFile: String
    }

    package struct Mail: Sendable {
        package let server: String
        package let port: Int
        package let usesStartTLS: Bool
        package let usesTLS: Bool
        package let username: String?
        package let password: String?
        /// A PEM file with the authorities that the server's certificate must come from; nil for the system's.
        package let authorities: String?
    }

    package var environment: Environment
    package var host: String
    package var port: Int
    package var isDebug: Bool
    /// Scheme, host and port as visitors type them, without a slash at the end; links in mails are built from it.
    package var baseURL: String
    package var tls: TLS?
    /// Networks whose `X-Forwarded-*` headers are believed, in CIDR notation.
    package var trustedProxies: [String]
    package var maxConnections: Int
    package var logLevel: String

    package var databaseURL: String
    package var databaseConnections: Int
    package var slowQuery: Duration

    package var dataFolder: String
    package var uploadFolder: String
    /// Bytes of the upload folder's disk that uploads leave free.
    package var diskReserve: Int64
    /// Where nginx finds the upload folder, when it is to deliver the bytes (`X-Accel-Redirect`).
    package var accelRedirectPrefix: String?

    /// At least 32 bytes; signs cookies, tokens and links.
    package var secretKey: [UInt8]
    package var sessionIdle: Duration
    package var sessionAbsolute: Duration
    package var passwordMinimum: Int
    /// Whether an address is confirmed before there is an account, or after.
    package var signUp: SignUpMode

    /// How long somebody who deletes their account can change their mind.
    package var deletionWait: Duration

    package var jobs: JobRunner.Settings
    package var jobConcurrency: Int

    package var mail: Mail?
    package var mailSender: Mailbox
    /// What an account may not do before somebody proved that they read its address.
    package var unverifiedMayNot: Set<Permission>
    /// The codes of those user types that have to have a second factor.
    package var secondFactorFor: Set<String>

    /// Where mails lie that are not sent, on a machine without a mail server.
    package var mailFolder: String { dataFolder + "/mail" }

    /// Whether visitors come by HTTPS: cookies are then `__Host-` and Secure.
    package var isSecure: Bool { baseURL.hasPrefix("https://") }
}

extension Settings {
    /// The host that visitors type, without the port.
    package var baseHost: String {
        let authority = baseURL.split(separator: "/").last ?? "localhost"
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") { return String(authority[...end]) }
        return String(authority.prefix { $0 != ":" })
    }

    /// How mail leaves this installation: by the server that is set, into files where there is none, and not at all in
    /// production without one.
    package var mailer: (any Mailer)? {
        if let smtpServer { return SMTPMailer(smtpServer) }
        return environment == .production ? nil : FileMailer(folder: mailFolder)
    }

    /// Whether visitors sit at this very machine.
    package var isLocal: Bool { ["localhost", "127.0.0.1", "[::1]"].contains(baseHost) }

    package var smtpServer: SMTPServer? {
        mail.map { mail in
            SMTPServer(
                host: mail.server,
                port: mail.port,
                encryption: mail.usesTLS ? .tls : mail.usesStartTLS ? .startTLS : .none,
                username: mail.username,
                password: mail.password,
                greeting: baseHost,
                authorities: mail.authorities
            )
        }
    }

    /// The database's address without its password.
    package var maskedDatabaseURL: String {
        guard let at = databaseURL.lastIndex(of: "@"), let scheme = databaseURL.range(of: "://") else {
            return databaseURL
        }
        let user = databaseURL[scheme.upperBound..<at].split(separator: ":", maxSplits: 1).first ?? ""
        return "\(databaseURL[..<scheme.upperBound])\(user):•••\(databaseURL[at...])"
    }
}
