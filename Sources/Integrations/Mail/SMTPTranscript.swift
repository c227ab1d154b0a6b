/// What was said last, as far as the outcome depends on it. Commands are remembered by kind alone: some carry passwords.
final class SMTPTranscript {
    enum Command {
        /// Greeting, encryption, signing in, naming the sender.
        case opening
        case recipient
        /// The mail itself.
        case content
    }

    private(set) var lastCommand = Command.opening
    /// The server's words since the last command, on one line.
    private(set) var reply = ""
    private var isOver = false

    /// The three digits; 0 when there was no reply.
    var replyCode: Int { Int(reply.prefix(3)) ?? 0 }

    func sent(_ line: String) {
        let verb = line.prefix(4).uppercased()
        // libcurl says goodbye after a refusal; the refusal is what counts.
        if verb == "QUIT" { isOver = true }
        guard !isOver else { return }
        lastCommand = verb == "RCPT" ? .recipient : verb == "DATA" ? .content : .opening
        reply = ""
    }

    /// A server that talks without end fills no memory.
    func received(_ line: String) {
        guard !isOver else { return }
        let line = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        reply = String((reply.isEmpty ? line : reply + " " + line).prefix(400))
    }
}
