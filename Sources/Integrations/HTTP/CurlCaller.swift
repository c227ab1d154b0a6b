import CCurl

/// Asks other servers through libcurl, on a few threads of its own: ten seconds at most, a megabyte at most, and no
/// redirects, as one would lead to where nobody meant to ask.
package struct CurlCaller: HTTPCaller {
    private let pool: BlockingPool

    private static let patience = 10
    private static let connectPatience = 5
    private static let longestAnswer = 1 << 20
    // CURL_SSLVERSION_TLSv1_2, which Swift sees as a number of another type.
    private static let atLeastTLS12 = 6

    package init(connections: Int = 4) {
        pool = BlockingPool(threads: connections)
    }

    package func call(_ call: HTTPCall) async throws -> HTTPAnswer {
        try await pool.run { try Self.perform(call) }
    }

    private static func perform(_ call: HTTPCall) throws(HTTPProblem) -> HTTPAnswer {
        let download = CurlDownload(limit: longestAnswer)
        let code: CURLcode
        let status: Int
        do throws(CurlProblem) {
            let handle = try CurlHandle()
            try prepare(handle, for: call)
            try handle.receive(download)
            code = handle.perform()
            status = handle.status
        } catch {
            throw HTTPProblem(words: error.words)
        }
        guard !download.isTooLong else { throw HTTPProblem(words: "The answer is longer than a megabyte.") }
        guard code == CURLE_OK else { throw HTTPProblem(words: String(cString: curl_easy_strerror(code))) }
        return HTTPAnswer(status: status, body: download.bytes)
    }

    private static func prepare(_ handle: CurlHandle, for call: HTTPCall) throws(CurlProblem) {
        try handle.set(CURLOPT_URL, call.url.text)
        try handle.set(CURLOPT_PROTOCOLS_STR, call.url.isEncrypted ? "https" : "http")
        // Timeouts by signal would end other threads' calls.
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_TIMEOUT, patience)
        try handle.set(CURLOPT_CONNECTTIMEOUT, connectPatience)
        try handle.set(CURLOPT_SSLVERSION, atLeastTLS12)
        try handle.set(CURLOPT_FOLLOWLOCATION, 0)
        try handle.set(CURLOPT_USERAGENT, "MediaShare")
        let headers = call.headers.map { "\($0.name): \($0.value)" } + ["Accept: application/json"]
        try handle.set(CURLOPT_HTTPHEADER, headers)
        switch call.body {
        case .none: break
        case .form(let fields): try handle.post(Array(FormEncoding.encode(fields).utf8))
        }
    }
}
