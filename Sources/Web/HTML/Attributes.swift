/// Attributes that may be absent. Each begins with the space that separates it from what stands before it.
extension HTML {
    /// ` name="value"`, or nothing for nil.
    package static func attribute(_ name: StaticString, _ value: String?) -> HTML {
        guard let value else { return .empty }
        return " \(HTML(stringLiteral: name))=\"\(value)\""
    }

    package static func attribute(_ name: StaticString, _ link: Link?) -> HTML {
        attribute(name, link?.url)
    }

    /// ` name`, or nothing.
    package static func flag(_ name: StaticString, _ isOn: Bool) -> HTML {
        isOn ? " \(HTML(stringLiteral: name))" : .empty
    }

    /// ` class="card selected"`: the first always, the others when their condition holds.
    package static func classes(_ always: StaticString, _ sometimes: (name: StaticString, when: Bool)...) -> HTML {
        var list = HTML(stringLiteral: always)
        for (name, holds) in sometimes where holds { list += " " + HTML(stringLiteral: name) }
        return " class=\"\(list)\""
    }
}
