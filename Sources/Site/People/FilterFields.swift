import Web

/// Fields of a bar of filters: what is left empty filters nothing, so none is marked as required or as optional.
enum FilterFields {
    static func text(_ name: StaticString, _ label: String, _ value: String, maximumLength: Int) -> HTML {
        let name = HTML(stringLiteral: name)
        return """
            <div class="field"><label class="field-label" for="filter-\(name)">\(label)</label>\
            <input type="search" id="filter-\(name)" name="\(name)" value="\(value)" maxlength="\(maximumLength)"></div>
            """
    }

    /// A day, `2026-01-31`.
    static func date(_ name: StaticString, _ label: String, _ value: String) -> HTML {
        let name = HTML(stringLiteral: name)
        return """
            <div class="field"><label class="field-label" for="filter-\(name)">\(label)</label>\
            <input type="date" id="filter-\(name)" name="\(name)" value="\(value)"></div>
            """
    }

    /// The choice whose value is `value` is selected; without one the browser takes the first.
    static func select(
        _ name: StaticString,
        _ label: String,
        _ choices: [FormState.Choice],
        selected value: String? = nil
    ) -> HTML {
        let name = HTML(stringLiteral: name)
        let options: [HTML] = choices.map {
            """
            <option value="\($0.value)"\(HTML.flag("selected", $0.value == value))>\($0.label)</option>
            """
        }
        return """
            <div class="field"><label class="field-label" for="filter-\(name)">\(label)</label>\
            <select id="filter-\(name)" name="\(name)">\(options)</select></div>
            """
    }
}
