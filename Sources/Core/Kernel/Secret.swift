import Crypto
import Foundation

/// What is kept of a secret that people or programs carry: enough to recognise it, useless to whoever steals the
/// database. The secrets are 256 random bits, so no salt and no slow hash is needed.
enum SecretHash {
    static func of(_ secret: String) -> [UInt8] {
        Array(SHA256.hash(data: Data(secret.utf8)))
    }
}
