import Testing

@testable import Web

struct FormStateTests {
    private func text(_ html: HTML) -> String { String(decoding: html.bytes, as: UTF8.self) }

    @Test("A fresh field has a label and nothing else")
    func fresh() {
        let field = text(FormState().textField("email", label: "E-mail", kind: .email, required: true))
        #expect(
            field == """
                <div class="field"><label class="field-label" for="field-email">E-mail</label>\
                <input type="email" id="field-email" name="email" value="" required></div>
                """
        )
    }

    @Test("A refused field keeps what was typed, says what is wrong, and takes the focus")
    func refused() {
        let state = FormState(
            ["email": "uma\"><script>"],
            problems: [.init("email", "This is no address.")]
        )
        let field = text(state.textField("email", label: "E-mail", help: "We send no letters.", required: true))
        #expect(field.contains(#"value="uma&quot;&gt;&lt;script&gt;""#))
        #expect(field.contains(#"aria-describedby="field-email-error field-email-help""#))
        #expect(field.contains(#"aria-invalid="true" autofocus"#))
        #expect(field.contains(#"<p class="field-error" id="field-email-error">This is no address.</p>"#))
        #expect(field.contains(#"class="field field-refused""#))
    }

    @Test("Only the first refused field takes the focus, and a wish of the page gives way to it")
    func focus() {
        let state = FormState(problems: [.init("b", "no"), .init("a", "no")])
        #expect(!text(state.textField("a", label: "A", autofocus: true)).contains("autofocus"))
        #expect(text(state.textField("b", label: "B")).contains("autofocus"))
        #expect(text(FormState().textField("a", label: "A", autofocus: true)).contains("autofocus"))
    }

    @Test("A password is never written into the page")
    func password() {
        let state = FormState(["password": "hunter2 hunter2"])
        let field = text(state.passwordField("password", label: "Password", autocomplete: "current-password"))
        #expect(!field.contains("hunter2"))
        #expect(!field.contains("value"))
    }

    @Test("The summary links to each field and is announced")
    func summary() {
        #expect(FormState().errorSummary().isEmpty)
        let state = FormState(problems: [.init("email", "No <b>"), .init("name", "Missing")])
        let summary = text(state.errorSummary())
        #expect(summary.contains(#"role="alert""#))
        #expect(summary.contains(##"<li><a href="#field-email">No &lt;b&gt;</a></li>"##))
        #expect(text(FormState(message: "Wrong password.").errorSummary()).contains("autofocus><p>Wrong password.</p>"))
    }

    @Test("A select marks the value that was chosen; a box is ticked when its value is among those sent")
    func choices() {
        let state = FormState(["visibility": "public", "terms": "1"])
        let select = text(
            state.select("visibility", label: "Who", choices: [.init("private", "Me"), .init("public", "All")])
        )
        #expect(select.contains(#"<option value="private">Me</option><option value="public" selected>All</option>"#))
        #expect(text(state.checkbox("terms", label: "Yes")).contains(#"value="1" checked"#))
        #expect(!text(FormState().checkbox("terms", label: "Yes")).contains("checked"))
    }

    @Test("A text area keeps a line break at its beginning")
    func textArea() {
        let area = text(FormState(["notes": "\nfirst"]).textArea("notes", label: "Notes"))
        #expect(area.contains(">\n\nfirst</textarea>"))
    }

    @Test("A form carries its token when there is one, first of all")
    func token() {
        let form = FormToken.$current.withValue(FormToken { "T<" }) {
            text(HTML.form(Link(path: "auth", "login"), multipart: true, HTML.submit("Go")))
        }
        #expect(
            form == """
                <form method="post" action="/auth/login" enctype="multipart/form-data">\
                <input type="hidden" name="csrf_token" value="T&lt;">\
                <button type="submit" class="button button-primary">Go</button></form>
                """
        )
        #expect(!text(HTML.form(Link(path: "a"), "")).contains("csrf_token"))
    }
}
