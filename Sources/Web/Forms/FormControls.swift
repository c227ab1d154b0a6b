/// Accessible fields: the label above, help below, the problem at the field and tied to it by `aria-describedby`.
/// Names are the classes that the style sheet knows: `field`, `field-label`, `field-help`, `field-error`.
extension FormState {
    package enum TextKind: String, Sendable {
        case text, email, search, tel, url, number, date
    }

    /// A line of text. `help` and `label` are in the reader's language.
    package func textField(
        _ name: String,
        label: String,
        kind: TextKind = .text,
        help: String? = nil,
        required: Bool = false,
        autocomplete: String? = nil,
        maximumLength: Int? = nil,
        placeholder: String? = nil,
        autofocus: Bool = false
    ) -> HTML {
        let input: HTML = """
            <input type="\(kind.rawValue)" id="\(id(name))" name="\(name)" value="\(fields[name])"\
            \(HTML.attribute("autocomplete", autocomplete))\(HTML.attribute("maxlength", maximumLength.map { "\($0)" }))\
            \(HTML.attribute("placeholder", placeholder))\(common(name, help, required, autofocus))>
            """
        return field(name, label: label, help: help, required: required, control: input)
    }

    /// A password is never written back into the page, whatever the state holds. A numeric one gets the keys of a PIN.
    package func passwordField(
        _ name: String,
        label: String,
        help: String? = nil,
        required: Bool = true,
        autocomplete: String,
        autofocus: Bool = false,
        isNumeric: Bool = false
    ) -> HTML {
        let input: HTML = """
            <input type="password" id="\(id(name))" name="\(name)"\(HTML.attribute("autocomplete", autocomplete))\
            \(HTML.attribute("inputmode", isNumeric ? "numeric" : nil))\
            \(common(name, help, required, autofocus))>
            """
        return field(name, label: label, help: help, required: required, control: input)
    }

    package func textArea(
        _ name: String,
        label: String,
        help: String? = nil,
        required: Bool = false,
        rows: Int = 5,
        maximumLength: Int? = nil
    ) -> HTML {
        // A line break right after the tag is dropped by browsers; ours keeps one that begins the text.
        let control: HTML = """
            <textarea id="\(id(name))" name="\(name)" rows="\(rows)"\
            \(HTML.attribute("maxlength", maximumLength.map { "\($0)" }))\(common(name, help, required, false))>
            \(fields[name])</textarea>
            """
        return field(name, label: label, help: help, required: required, control: control)
    }

    package struct Choice: Sendable, Hashable {
        package let value: String
        package let label: String

        package init(_ value: String, _ label: String) {
            self.value = value
            self.label = label
        }
    }

    /// The choice whose value the state holds is selected; without one the browser takes the first.
    package func select(
        _ name: String,
        label: String,
        choices: [Choice],
        help: String? = nil,
        required: Bool = false
    ) -> HTML {
        let options: [HTML] = choices.map {
            """
            <option value="\($0.value)"\(HTML.flag("selected", fields[name] == $0.value))>\($0.label)</option>
            """
        }
        let control: HTML = """
            <select id="\(id(name))" name="\(name)"\(common(name, help, required, false))>\(options)</select>
            """
        return field(name, label: label, help: help, required: required, control: control)
    }

    package func checkbox(_ name: String, label: String, value: String = "1", help: String? = nil) -> HTML {
        """
        <div class="field field-check"><label class="field-label" for="\(id(name))">\
        <input type="checkbox" id="\(id(name))" name="\(name)" value="\(value)"\
        \(HTML.flag("checked", fields.all(name).contains(value)))\(common(name, help, false, false))> \(label)</label>\
        \(notes(name, help))</div>
        """
    }

    package func fileField(
        _ name: String,
        label: String,
        accept: String? = nil,
        help: String? = nil,
        multiple: Bool = false,
        required: Bool = true
    ) -> HTML {
        let input: HTML = """
            <input type="file" id="\(id(name))" name="\(name)"\(HTML.attribute("accept", accept))\
            \(HTML.flag("multiple", multiple))\(common(name, help, required, false))>
            """
        return field(name, label: label, help: help, required: required, control: input)
    }

    /// A value that the form carries along unseen.
    package func hiddenField(_ name: String) -> HTML {
        """
        <input type="hidden" name="\(name)" value="\(fields[name])">
        """
    }

    /// What is wrong, on top of the form, each line a link to its field; nothing when nothing is.
    package func errorSummary() -> HTML {
        guard isRefused else { return .empty }
        let items: [HTML] = problems.map {
            """
            <li><a href="#\(id($0.field))">\($0.message)</a></li>
            """
        }
        let list: HTML? = items.isEmpty ? nil : "<ul>\(items)</ul>"
        return """
            <div class="error-summary" role="alert" tabindex="-1"\(HTML.flag("autofocus", problems.isEmpty))>\
            <p>\(message ?? t("Please check the marked fields."))</p>\(list)</div>
            """
    }

    // MARK: Pieces

    private func field(_ name: String, label: String, help: String?, required: Bool, control: HTML) -> HTML {
        let optional: HTML? = required ? nil : " <span class=\"field-optional\">\(t("(optional)"))</span>"
        let refused = problem(name) != nil
        return """
            <div\(HTML.classes("field", ("field-refused", refused)))><label class="field-label" for="\(id(name))">\
            \(label)\(optional)</label>\(control)\(notes(name, help))</div>
            """
    }

    /// Help below the control, then the problem.
    private func notes(_ name: String, _ help: String?) -> HTML {
        let help: HTML? = help.map { "<p class=\"field-help\" id=\"\(id(name))-help\">\($0)</p>" }
        let error: HTML? = problem(name).map { "<p class=\"field-error\" id=\"\(id(name))-error\">\($0)</p>" }
        return "\(help)\(error)"
    }

    private func common(_ name: String, _ help: String?, _ required: Bool, _ autofocus: Bool) -> HTML {
        var described: [String] = []
        if problem(name) != nil { described.append("\(id(name))-error") }
        if help != nil { described.append("\(id(name))-help") }
        return """
            \(HTML.flag("required", required))\
            \(HTML.attribute("aria-describedby", described.isEmpty ? nil : described.joined(separator: " ")))\
            \(HTML.attribute("aria-invalid", problem(name) == nil ? nil : "true"))\
            \(HTML.flag("autofocus", hasFocus(name) || (autofocus && !isRefused)))
            """
    }

    private func id(_ name: String) -> String { "field-\(name)" }
}
