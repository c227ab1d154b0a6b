/// The start tags of a document, read in the simplest way that suits HTML made by our own literals: quoted attributes,
/// escaped text.
struct Markup {
    struct Tag {
        let name: String
        let attributes: [String: String]
        let text: String
    }

    let tags: [Tag]

    init(_ html: String) {
        tags = html.matches(of: /<([a-z][a-z0-9\-]*)((?:\s+[a-zA-Z\-:]+(?:="[^"]*")?)*)\s*\/?>/).map { match in
            var attributes: [String: String] = [:]
            for attribute in match.2.matches(of: /([a-zA-Z\-:]+)(?:="([^"]*)")?/) {
                attributes[String(attribute.1)] = attribute.2.map(String.init) ?? ""
            }
            return Tag(name: String(match.1), attributes: attributes, text: String(match.0))
        }
    }
}
