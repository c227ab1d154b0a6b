import CLibPQ

/// How a connection is made: our defaults, then whatever the URL says.
struct PostgresAddress {
    let url: String
    let options: DatabaseOptions

    /// Nil when memory is short; otherwise see `PQstatus`. What comes later in the list wins, so the URL goes last.
    func connect() -> OpaquePointer? {
        let seconds = max(2, options.waitingTime.milliseconds / 1000)
        let pairs = [
            ("application_name", "mediashare"),
            ("connect_timeout", String(seconds)),
            // A server whose machine died is noticed after some 15 s instead of hours.
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "2"),
            ("tcp_user_timeout", "15000"),
            ("dbname", url),
        ]
        return Self.withCStrings(pairs.map(\.0)) { names in
            Self.withCStrings(pairs.map(\.1)) { values in
                PQconnectdbParams(names, values, 1)
            }
        }
    }

    /// What holds for the whole session. `bytea_output` and `extra_float_digits` are what the decoder expects.
    static func settings(_ options: DatabaseOptions) -> String {
        """
        SET statement_timeout = \(options.statementTimeout.milliseconds);
        SET idle_in_transaction_session_timeout = \(options.statementTimeout.milliseconds * 2);
        SET client_encoding = 'UTF8';
        SET TimeZone = 'UTC';
        SET bytea_output = 'hex';
        SET extra_float_digits = 1;
        SET standard_conforming_strings = on
        """
    }

    /// A list of C strings that ends in nil, valid during the call.
    private static func withCStrings<T>(
        _ strings: [String],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T
    ) -> T {
        let bytes = strings.flatMap { Array($0.utf8CString) }
        return bytes.withUnsafeBufferPointer { buffer in
            var pointers: [UnsafePointer<CChar>?] = []
            var offset = 0
            for string in strings {
                pointers.append(buffer.baseAddress.map { $0 + offset })
                offset += string.utf8CString.count
            }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { list in
                guard let base = list.baseAddress else { preconditionFailure("a list with an end is not empty") }
                return body(base)
            }
        }
    }
}
