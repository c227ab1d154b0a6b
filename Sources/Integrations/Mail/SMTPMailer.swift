/// Hands mails to an SMTP server, through libcurl on a few threads of its own.
package struct SMTPMailer: Mailer {
    private let server: SMTPServer
    private let pool: BlockingPool

    /// - Parameter connections: how many mails are handed in at the same time.
    package init(_ server: SMTPServer, connections: Int = 4) {
        self.server = server
        pool = BlockingPool(threads: connections)
    }

    package func deliver(_ message: MailMessage) async throws {
        let content = message.encoded
        try await pool.run { [server] in
            try SMTPSession(server).send(content, from: message.from.address, to: message.to.address)
        }
    }

    /// Connects, encrypts and signs in as for a mail, and sends none.
    /// - Throws: `MailFailure`.
    package func check() async throws {
        try await pool.run { [server] in try SMTPSession(server).greet() }
    }
}
