/// A short conversation with another server.
package struct HTTPCall: Sendable, Hashable {
    package enum Body: Sendable, Hashable {
        /// GET
        case none
        /// POST, as a form (`application/x-www-form-urlencoded`).
        case form([Field])
    }

    package struct Field: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package let url: HTTPAddress
    package let body: Body
    package let headers: [Field]

    package init(_ url: HTTPAddress, body: Body = .none, headers: [Field] = []) {
        self.url = url
        self.body = body
        self.headers = headers
    }
}

/// What came back, whatever its status.
package struct HTTPAnswer: Sendable, Hashable {
    package let status: Int
    package let body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// Why nothing came back, in a few words for whoever runs the server.
package struct HTTPProblem: Error, Sendable, Hashable {
    package let words: String

    package init(words: String) {
        self.words = words
    }
}

/// Asks other servers.
package protocol HTTPCaller: Sendable {
    /// Throws `HTTPProblem`.
    func call(_ call: HTTPCall) async throws -> HTTPAnswer
}
