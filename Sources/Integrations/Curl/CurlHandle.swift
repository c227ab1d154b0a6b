import CCurl

/// One of libcurl's handles, for one thread and one conversation. What was set fails at once, not later and elsewhere.
final class CurlHandle {
    private let handle: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private var upload: CurlUpload?
    private var transcript: SMTPTranscript?
    private var download: CurlDownload?

    /// libcurl asks for one call before all others.
    private static let isReady = curl_start() == CURLE_OK

    init() throws(CurlProblem) {
        guard Self.isReady, let handle = curl_easy_init() else {
            throw CurlProblem(words: "libcurl could not be started")
        }
        self.handle = handle
    }

    deinit {
        // Says goodbye to the server, which the transcript hears: it is still there.
        curl_easy_cleanup(handle)
        for list in lists { curl_slist_free_all(list) }
    }

    func set(_ option: CURLoption, _ text: String) throws(CurlProblem) {
        try Self.check(curl_set_text(handle, option, text))
    }

    func set(_ option: CURLoption, _ number: Int) throws(CurlProblem) {
        try Self.check(curl_set_number(handle, option, number))
    }

    func set(_ option: CURLoption, _ lines: [String]) throws(CurlProblem) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { list = curl_slist_append(list, line) }
        guard let list else { throw CurlProblem(words: "libcurl has no memory left") }
        lists.append(list)
        try Self.check(curl_set_list(handle, option, list))
    }

    func send(_ upload: CurlUpload) throws(CurlProblem) {
        self.upload = upload
        try set(CURLOPT_UPLOAD, 1)
        try Self.check(curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(upload.bytes.count)))
        try Self.check(curl_set_reader(handle, curlWants, Unmanaged.passUnretained(upload).toOpaque()))
    }

    /// Sends these bytes as the body of a POST.
    func post(_ bytes: [UInt8]) throws(CurlProblem) {
        try Self.check(bytes.withUnsafeBytes { curl_set_body(handle, $0.baseAddress, curl_off_t($0.count)) })
    }

    /// Writes down what is talked with a mail server.
    func listen(_ transcript: SMTPTranscript) throws(CurlProblem) {
        self.transcript = transcript
        try Self.check(curl_set_listener(handle, curlTalked, Unmanaged.passUnretained(transcript).toOpaque()))
    }

    /// Keeps the body of the answer.
    func receive(_ download: CurlDownload) throws(CurlProblem) {
        self.download = download
        try Self.check(curl_set_writer(handle, curlHas, Unmanaged.passUnretained(download).toOpaque()))
    }

    /// The status of the last answer; 0 when there was none.
    var status: Int { curl_last_reply(handle) }

    /// Blocks until the conversation is over.
    func perform() -> CURLcode {
        curl_easy_perform(handle)
    }

    private static func check(_ code: CURLcode) throws(CurlProblem) {
        guard code == CURLE_OK else {
            throw CurlProblem(words: "libcurl: " + String(cString: curl_easy_strerror(code)))
        }
    }
}

/// Why a conversation could not even begin.
struct CurlProblem: Error {
    let words: String
}

/// What came, as long as it is not more than it may be.
final class CurlDownload {
    private(set) var bytes: [UInt8] = []
    private(set) var isTooLong = false
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// False ends the conversation.
    func take(_ piece: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count + piece.count <= limit else {
            isTooLong = true
            return false
        }
        bytes.append(contentsOf: piece)
        return true
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

private func curlHas(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let download = Unmanaged<CurlDownload>.fromOpaque(context).takeUnretainedValue()
    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
    // Any other number than that of the bytes ends the conversation.
    return download.take(piece) ? piece.count : piece.count + 1
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
