import HTTPTypes

@testable import Web

/// What proxies say of whom they forward (RFC 7239), and lists with weights: one header on each line.
@Sendable func fuzzProxies(_ input: [UInt8]) {
    let texts = input.texts
    var headers = HTTPFields()
    let names: [HTTPField.Name] = [.xForwardedFor, .xForwardedProto, .xForwardedHost, .forwarded]
    for (name, text) in zip(names, texts) where !text.isEmpty { headers[name] = text }
    for hop in ForwardedHop.xForwarded(headers) + ForwardedHop.forwarded(headers) {
        if let address = hop.address {
            precondition(address.bytes.count == 4 || address.bytes.count == 16)
            precondition(IPAddress(address.text) == address)
        }
        precondition(hop.host?.contains("/") != true)
    }
    for text in texts {
        let list = QualityList(text)
        precondition(list.choices.allSatisfy { (0...1000).contains($0.quality) })
        precondition(list.wanted.count <= 64)
    }
}
