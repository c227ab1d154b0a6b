import Foundation
import Integrations

extension SettingsReader {
    mutating func readMail(environment: Settings.Environment) -> Settings.Mail? {
        let port = number("MAIL_PORT", or: 587, in: 1...65535)
        let tls = flag("MAIL_USE_SSL", or: false)
        let startTLS = flag("MAIL_USE_TLS", or: true) && !tls
        let username = text("MAIL_USERNAME")
        guard let server = text("MAIL_SERVER") else { return nil }
        let isClear = !tls && !startTLS && !["localhost", "127.0.0.1", "::1"].contains(server)
        if isClear, username != nil, environment == .production {
            complain("MAIL_USE_TLS", "must be true, or the password of MAIL_USERNAME travels in clear")
        }
        return Settings.Mail(
            server: server,
            port: port,
            usesStartTLS: startTLS,
            usesTLS: tls,
            username: username,
            password: text("MAIL_PASSWORD"),
            authorities: text("MAIL_CA_FILE")
        )
    }

    /// The address that is set, or one at the host that visitors type.
    mutating func readSender(baseURL: String) -> Mailbox {
        let host = URLComponents(string: baseURL)?.host ?? "localhost"
        let fallback = Mailbox(address: "mediashare@\(host)")
        guard let text = text("MAIL_DEFAULT_SENDER") else { return fallback }
        guard let sender = Mailbox(text) else {
            complain("MAIL_DEFAULT_SENDER", "must be an e-mail address, with or without a name before it")
            return fallback
        }
        return sender
    }

    mutating func readSignUp(sendsMail: Bool) -> SignUpMode {
        let mode = choice("MEDIASHARE_SIGN_UP", SignUpMode.self, or: .atOnce)
        if mode == .verifyFirst, !sendsMail {
            complain("MEDIASHARE_SIGN_UP", "cannot be verify-first without MAIL_SERVER")
        }
        return mode
    }

    /// Where no mail is sent nobody could prove anything, so nothing is withheld unless it is set.
    mutating func readUnverifiedMayNot(sendsMail: Bool) -> Set<Permission> {
        let names = list("MEDIASHARE_UNVERIFIED_MAY_NOT")
        guard !names.isEmpty else { return sendsMail ? [.upload, .share, .useAPI] : [] }
        guard names != ["nothing"] else { return [] }
        var permissions: Set<Permission> = []
        for name in names {
            guard let permission = Permission(rawValue: name) else {
                let known = Permission.allCases.map(\.rawValue).joined(separator: ", ")
                complain("MEDIASHARE_UNVERIFIED_MAY_NOT", "must be nothing, or some of \(known)")
                return []
            }
            permissions.insert(permission)
        }
        return permissions
    }
}
