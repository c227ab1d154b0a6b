import NIOCore

@testable import Web

/// `application/x-www-form-urlencoded`: what was read, written again, reads the same.
@Sendable func fuzzForms(_ input: [UInt8]) {
    guard let fields = try? FormFields(urlEncoded: ByteBuffer(bytes: input)) else { return }
    precondition(fields.pairs.count <= FormFields.maximumCount)
    precondition(fields.pairs.allSatisfy { !$0.name.isEmpty && !$0.value.utf8.contains(0) })
    let written = fields.pairs.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
    precondition((try? FormFields(query: written)) == fields)
    for pair in fields.pairs {
        _ = fields.lines(pair.name)
        _ = fields.isOn(pair.name)
        // Where to go after signing in stays on this site.
        if let link = Link(local: pair.value) {
            let bytes = Array(link.url.utf8)
            precondition(bytes.first == UInt8(ascii: "/") && !bytes.starts(with: Array("//".utf8)))
            precondition(bytes.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "\\") })
        }
    }
}
