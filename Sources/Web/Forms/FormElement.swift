extension HTML {
    /// A form that posts to `action`, with its form token in it: nobody can forget it. `multipart` is for files.
    package static func form(
        _ action: Link,
        multipart: Bool = false,
        id: String? = nil,
        class name: String? = nil,
        _ content: HTML
    ) -> HTML {
        """
        <form method="post" action="\(action)"\(HTML.attribute("id", id))\(HTML.attribute("class", name))\
        \(HTML.attribute("enctype", multipart ? "multipart/form-data" : nil))>\(HTML.formToken)\(content)</form>
        """
    }

    /// The hidden field that proves that the form came from our own page. It stands first, because in a multipart form it
    /// must be read before the files.
    package static var formToken: HTML {
        guard let token = FormToken.current?.value else { return .empty }
        return """
            <input type="hidden" name="\(FormToken.fieldName)" value="\(token)">
            """
    }

    package static func submit(_ label: String, class name: String = "button button-primary") -> HTML {
        """
        <button type="submit" class="\(name)">\(label)</button>
        """
    }
}
