import CCurl

/// One conversation with an SMTP server (RFC 5321), on the thread that calls.
struct SMTPSession {
    private let server: SMTPServer

    init(_ server: SMTPServer) {
        self.server = server
    }

    /// How long a server may take for all of it, and for letting us in; in seconds. RFC 5321 §4.5.3.2 would allow minutes, but
    /// the next try comes by itself.
    private static let patience = 60
    private static let connectPatience = 15

    // CURL_SSLVERSION_TLSv1_2 and CURLUSESSL_ALL, which Swift sees as numbers of other types.
    private static let atLeastTLS12 = 6
    private static let encryptedOrNotAtAll = 3

    func send(_ content: [UInt8], from sender: String, to recipient: String) throws(MailFailure) {
        let upload = CurlUpload(content)
        try perform { handle throws(CurlProblem) in
            try handle.set(CURLOPT_MAIL_FROM, "<\(sender)>")
            try handle.set(CURLOPT_MAIL_RCPT, ["<\(recipient)>"])
            try handle.send(upload)
        }
    }

    /// As far as signing in, and one NOOP.
    func greet() throws(MailFailure) {
        try perform { handle throws(CurlProblem) in
            try handle.set(CURLOPT_CUSTOMREQUEST, "NOOP")
            try handle.set(CURLOPT_NOBODY, 1)
        }
    }

    private func perform(_ prepare: (CurlHandle) throws(CurlProblem) -> Void) throws(MailFailure) {
        let transcript = SMTPTranscript()
        let code: CURLcode
        do throws(CurlProblem) {
            let handle = try CurlHandle()
            try handle.listen(transcript)
            try prepare(handle)
            try reach(server, by: handle)
            code = handle.perform()
        } catch {
            throw .temporary(error.words)
        }
        guard code == CURLE_OK else { throw Self.failure(code, transcript) }
    }

    private func reach(_ server: SMTPServer, by handle: CurlHandle) throws(CurlProblem) {
        try handle.set(CURLOPT_URL, server.url)
        try handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // Timeouts by signal would end other threads' calls.
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_TIMEOUT, Self.patience)
        try handle.set(CURLOPT_CONNECTTIMEOUT, Self.connectPatience)
        try handle.set(CURLOPT_SSLVERSION, Self.atLeastTLS12)
        switch server.encryption {
        case .none, .tls: break
        case .startTLS: try handle.set(CURLOPT_USE_SSL, Self.encryptedOrNotAtAll)
        }
        if let authorities = server.authorities { try handle.set(CURLOPT_CAINFO, authorities) }
        if let username = server.username {
            try handle.set(CURLOPT_USERNAME, username)
            try handle.set(CURLOPT_PASSWORD, server.password ?? "")
        }
    }

    /// Only what the server said about the reader or the mail is final. A server that refuses our sender, our password or
    /// us altogether may be in the right tomorrow, once somebody has corrected a setting.
    private static func failure(_ code: CURLcode, _ transcript: SMTPTranscript) -> MailFailure {
        let words = transcript.reply
        switch (transcript.lastCommand, transcript.replyCode) {
        case (.recipient, 500...599), (.content, 500...599): return .refused(words)
        case (_, 400...599): return .temporary(words)
        case (_, _): return .temporary(String(cString: curl_easy_strerror(code)))
        }
    }
}
