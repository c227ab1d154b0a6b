import Foundation
import Integrations

/// Reads settings and gathers everything that is wrong with them, so that all of it can be mended in one go.
package struct SettingsReader {
    package struct Problems: Error, CustomStringConvertible {
        package let problems: [String]
        package var description: String {
            "The configuration needs another look:\n" + problems.map { "  - \($0)" }.joined(separator: "\n")
        }
    }

    private let source: SettingsSource
    private var problems: [String] = []
    /// Older names in use: (old, new).
    package private(set) var deprecated: [(old: String, new: String)] = []

    package init(_ source: SettingsSource) {
        self.source = source
    }

    /// Reads everything. Makes the secret key when there is none, so the data folder must be writable.
    /// - Throws: `Problems` with one line for each, each with the name and an example.
    package mutating func read() throws(Problems) -> Settings {
        let environment = choice("MEDIASHARE_ENV", Settings.Environment.self, or: .development)
        let host = text("MEDIASHARE_HOST") ?? "127.0.0.1"
        let port = number("MEDIASHARE_PORT", or: 8080, in: 0...65535)
        let tls = readTLS()
        let baseURL = readBaseURL(host: host, port: port, isTLS: tls != nil, environment: environment)
        let data = text("MEDIASHARE_DATA") ?? "data"
        var jobs = JobRunner.Settings()
        jobs.lease = .milliseconds(Int64(decimal("MEDIASHARE_JOB_LEASE_SECONDS", or: 30, in: 0.2...86_400) * 1000))
        jobs.heartbeat = .milliseconds(
            Int64(decimal("MEDIASHARE_JOB_HEARTBEAT_SECONDS", or: 10, in: 0.05...43_200) * 1000)
        )
        if jobs.heartbeat * 2 > jobs.lease {
            complain("MEDIASHARE_JOB_HEARTBEAT_SECONDS", "must be at most half of MEDIASHARE_JOB_LEASE_SECONDS")
        }
        let mail = readMail(environment: environment)
        let settings = Settings(
            environment: environment,
            host: host,
            port: port,
            isDebug: flag("MEDIASHARE_DEBUG", or: false),
            baseURL: baseURL,
            tls: tls,
            trustedProxies: list("MEDIASHARE_TRUSTED_PROXIES"),
            maxConnections: number("MEDIASHARE_MAX_CONNECTIONS", or: 4096, in: 1...1_000_000),
            logLevel: text("MEDIASHARE_LOG_LEVEL") ?? "info",
            databaseURL: readDatabaseURL(data: data),
            databaseConnections: number("MEDIASHARE_DB_CONNECTIONS", or: 8, in: 1...500),
            slowQuery: .milliseconds(number("MEDIASHARE_SLOW_QUERY_MS", or: 250, in: 1...600_000)),
            dataFolder: data,
            uploadFolder: text("UPLOAD_FOLDER") ?? data + "/media",
            diskReserve: Int64(number("MEDIASHARE_DISK_RESERVE_MB", or: 256, in: 0...1_000_000_000)) << 20,
            accelRedirectPrefix: text("MEDIASHARE_ACCEL_PREFIX"),
            secretKey: readSecretKey(data: data, environment: environment),
            sessionIdle: .hours(Int64(number("MEDIASHARE_SESSION_IDLE_HOURS", or: 168, in: 1...8760))),
            sessionAbsolute: .days(Int64(number("MEDIASHARE_SESSION_DAYS", or: 30, in: 1...3650))),
            passwordMinimum: number("MEDIASHARE_PASSWORD_MINIMUM", or: 8, in: 8...64),
            signUp: readSignUp(sendsMail: mail != nil || environment != .production),
            deletionWait: .days(Int64(number("MEDIASHARE_DELETION_DAYS", or: 14, in: 1...90))),
            jobs: jobs,
            jobConcurrency: number("MEDIASHARE_JOB_CONCURRENCY", or: 1, in: 1...64),
            mail: mail,
            mailSender: readSender(baseURL: baseURL),
            unverifiedMayNot: readUnverifiedMayNot(sendsMail: mail != nil),
            secondFactorFor: Set(list("MEDIASHARE_SECOND_FACTOR_FOR"))
        )
        guard problems.isEmpty else { throw Problems(problems: problems) }
        return settings
    }

    private mutating func readTLS() -> Settings.TLS? {
        let certificate = text("MEDIASHARE_TLS_CERTIFICATE")
        let key = text("MEDIASHARE_TLS_KEY")
        switch (certificate, key) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return .init(certificateFile: certificate, keyFile: key)
        case (nil, _?): complain("MEDIASHARE_TLS_CERTIFICATE", "is missing although MEDIASHARE_TLS_KEY is set")
        case (_?, nil): complain("MEDIASHARE_TLS_KEY", "is missing although MEDIASHARE_TLS_CERTIFICATE is set")
        }
        return nil
    }

    private mutating func readBaseURL(
        host: String,
        port: Int,
        isTLS: Bool,
        environment: Settings.Environment
    ) -> String {
        let scheme = isTLS ? "https" : "http"
        guard let given = text("MEDIASHARE_BASE_URL") else {
            if environment == .production {
                complain("MEDIASHARE_BASE_URL", "is needed in production, for the links in mails")
            }
            let name = ["0.0.0.0", "::"].contains(host) ? "localhost" : host
            return "\(scheme)://\(name):\(port)"
        }
        let url = given.hasSuffix("/") ? String(given.dropLast()) : given
        guard let parts = URLComponents(string: url), parts.host?.isEmpty == false, parts.path.isEmpty,
            ["http", "https"].contains(parts.scheme)
        else {
            complain("MEDIASHARE_BASE_URL", "must be a scheme and a host, without a path")
            return url
        }
        if environment == .production, parts.scheme != "https", !["localhost", "127.0.0.1"].contains(parts.host) {
            complain("MEDIASHARE_BASE_URL", "must begin with https:// in production")
        }
        return url
    }

    private mutating func readDatabaseURL(data: String) -> String {
        if let url = text("DATABASE_URL") {
            if !["sqlite:", "postgres://", "postgresql://"].contains(where: url.hasPrefix) {
                complain("DATABASE_URL", "must begin with sqlite:, postgres:// or postgresql://")
            }
            return url
        }
        guard let host = text("DB_HOST") else { return "sqlite:\(data)/mediashare.sqlite" }
        var parts = URLComponents()
        parts.scheme = "postgres"
        parts.host = host
        parts.port = number("DB_PORT", or: 5432, in: 1...65535)
        parts.user = text("DB_USER") ?? "mediashare"
        parts.password = text("DB_PASSWORD")
        parts.path = "/" + (text("DB_NAME") ?? "mediashare")
        return parts.string ?? ""
    }

    private mutating func readSecretKey(data: String, environment: Settings.Environment) -> [UInt8] {
        if let key = text("SECRET_KEY") {
            let isWeak = key.utf8.count < 32 || Set(key.utf8).count < 8
            if isWeak, environment == .production {
                complain("SECRET_KEY", "is too easy to guess for production; or leave it out and one is made")
            }
            return Array(key.utf8)
        }
        do { return try SecretKeyFile(folder: data).readOrMake() } catch {
            complain("MEDIASHARE_DATA", "cannot hold the secret key in \(data)/secret-key: \(error)")
            return []
        }
    }
}

extension SettingsReader {
    /// The value under the name or, with a note, under one of its older names.
    mutating func text(_ name: String) -> String? {
        if let value = source.text(name) { return value }
        for old in SettingsCatalogue.description(of: name)?.deprecatedNames ?? [] {
            guard let value = source.text(old) else { continue }
            deprecated.append((old: old, new: name))
            return value
        }
        return nil
    }

    mutating func number(_ name: String, or fallback: Int, in range: ClosedRange<Int>) -> Int {
        guard let text = text(name) else { return fallback }
        guard let value = Int(text), range.contains(value) else {
            complain(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return fallback
        }
        return value
    }

    private mutating func decimal(_ name: String, or fallback: Double, in range: ClosedRange<Double>) -> Double {
        guard let text = text(name) else { return fallback }
        guard let value = Double(text), range.contains(value) else {
            complain(name, "must be a number from \(range.lowerBound) to \(range.upperBound)")
            return fallback
        }
        return value
    }

    mutating func flag(_ name: String, or fallback: Bool) -> Bool {
        guard let text = text(name) else { return fallback }
        switch text.lowercased() {
        case "1", "true", "yes", "on": return true
        case "0", "false", "no", "off": return false
        default:
            complain(name, "must be true or false")
            return fallback
        }
    }

    mutating func choice<T: RawRepresentable & CaseIterable>(_ name: String, _ type: T.Type, or fallback: T)
        -> T
    where T.RawValue == String {
        guard let text = text(name) else { return fallback }
        guard let value = T(rawValue: text.lowercased()) else {
            complain(name, "must be one of \(T.allCases.map(\.rawValue).joined(separator: ", "))")
            return fallback
        }
        return value
    }

    mutating func list(_ name: String) -> [String] {
        (text(name) ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    mutating func complain(_ name: String, _ what: String) {
        let example = SettingsCatalogue.description(of: name).map { " Example: \(name)=\($0.example)" } ?? ""
        problems.append("\(name) \(what).\(example)")
    }
}
