import CCurl

/// One of libcurl's handles, for one thread and one conversation. What was set fails at once, not later and elsewhere.
final class CurlHandle {
    let transcript = SMTPTranscript()
    private let handle: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private var upload: CurlUpload?

    /// libcurl asks for one call before all others.
    private static let isReady = curl_start() == CURLE_OK

    init() throws(MailFailure) {
        guard Self.isReady, let handle = curl_easy_init() else {
            throw .temporary("libcurl could not be started")
        }
        self.handle = handle
        try Self.check(curl_set_listener(handle, curlTalked, Unmanaged.passUnretained(transcript).toOpaque()))
    }

    deinit {
        // Says goodbye to the server, which the transcript hears: it is still there.
        curl_easy_cleanup(handle)
        for list in lists { curl_slist_free_all(list) }
    }

    func set(_ option: CURLoption, _ text: String) throws(MailFailure) {
        try Self.check(curl_set_text(handle, option, text))
    }

    func set(_ option: CURLoption, _ number: Int) throws(MailFailure) {
        try Self.check(curl_set_number(handle, option, number))
    }

    func set(_ option: CURLoption, _ lines: [String]) throws(MailFailure) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { list = curl_slist_append(list, line) }
        guard let list else { throw .temporary("libcurl has no memory left") }
        lists.append(list)
        try Self.check(curl_set_list(handle, option, list))
    }

    func send(_ upload: CurlUpload) throws(MailFailure) {
        self.upload = upload
        try set(CURLOPT_UPLOAD, 1)
        try Self.check(curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(upload.bytes.count)))
        try Self.check(curl_set_reader(handle, curlWants, Unmanaged.passUnretained(upload).toOpaque()))
    }

    /// Blocks until the conversation is over.
    func perform() -> CURLcode {
        curl_easy_perform(handle)
    }

    private static func check(_ code: CURLcode) throws(MailFailure) {
        guard code == CURLE_OK else { throw .temporary("libcurl: " + String(cString: curl_easy_strerror(code))) }
    }
}

/// What is sent, and how far.
final class CurlUpload {
    let bytes: [UInt8]
    private var sent = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func next(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let piece = bytes[sent...].prefix(buffer.count)
        buffer.copyBytes(from: piece)
        sent += piece.count
        return piece.count
    }
}

private func curlWants(
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
    let upload = Unmanaged<CurlUpload>.fromOpaque(context).takeUnretainedValue()
    return upload.next(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}

private func curlTalked(
    _ handle: UnsafeMutableRawPointer?,
    _ kind: curl_infotype,
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let bytes, let context else { return 0 }
    let transcript = Unmanaged<SMTPTranscript>.fromOpaque(context).takeUnretainedValue()
    let line = UnsafeRawBufferPointer(start: bytes, count: count)
    if kind == CURLINFO_HEADER_OUT { transcript.sent(String(decoding: line, as: UTF8.self)) }
    if kind == CURLINFO_HEADER_IN { transcript.received(String(decoding: line, as: UTF8.self)) }
    return 0
}
