/// Where mails are handed in, and how.
package struct SMTPServer: Sendable, Hashable {
    package enum Encryption: Sendable, Hashable {
        case none
        /// Begins in clear, and goes on only once STARTTLS worked.
        case startTLS
        case tls
    }

    package let host: String
    package let port: Int
    package let encryption: Encryption
    package let username: String?
    package let password: String?
    /// The name that this machine gives itself.
    package let greeting: String
    /// A PEM file with the authorities that the server's certificate must come from; nil for those of the system.
    package let authorities: String?

    package init(
        host: String,
        port: Int,
        encryption: Encryption,
        username: String? = nil,
        password: String? = nil,
        greeting: String,
        authorities: String? = nil
    ) {
        self.host = host
        self.port = port
        self.encryption = encryption
        self.username = username
        self.password = password
        self.greeting = greeting
        self.authorities = authorities
    }

    /// As libcurl takes it; an IPv6 address stands in brackets.
    var url: String {
        let scheme = encryption == .tls ? "smtps" : "smtp"
        let host = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return "\(scheme)://\(host):\(port)/\(greeting)"
    }
}
