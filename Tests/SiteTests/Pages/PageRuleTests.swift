import Testing

/// What holds for every page: the content security policy can be strict, and screen readers find their way.
@Suite struct PageRuleTests {
    @Test("No page has inline script, inline style or event attributes", arguments: SamplePage.all)
    func nothingInline(sample: SamplePage) {
        for tag in Markup(sample.html).tags {
            #expect(tag.name != "style", "\(tag.text)")
            #expect(tag.name != "script" || tag.attributes["src"] != nil, "\(tag.text)")
            for name in tag.attributes.keys {
                #expect(name != "style" && !name.hasPrefix("on"), "\(tag.text)")
            }
        }
    }

    @Test(
        "Every page has one h1, one main and a title that begins with what is special about it",
        arguments: SamplePage.all
    )
    func landmarks(sample: SamplePage) {
        let markup = Markup(sample.html)
        #expect(markup.tags.count { $0.name == "h1" } == 1)
        #expect(markup.tags.count { $0.name == "main" } == 1)
        #expect(sample.html.contains(" · MediaShare</title>"))
    }

    @Test("Ids are unique, and what refers to an id finds it", arguments: SamplePage.all)
    func ids(sample: SamplePage) {
        let tags = Markup(sample.html).tags
        let ids = tags.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count, "\(ids.sorted())")
        let references = ["for", "aria-labelledby", "aria-describedby", "popovertarget", "data-opens", "data-dialog"]
        for tag in tags {
            for id in references.flatMap({ tag.attributes[$0]?.split(separator: " ") ?? [] }) {
                #expect(ids.contains(String(id)), "\(tag.text)")
            }
        }
    }

    @Test("Every field has a label, every picture an alternative, every icon button a name", arguments: SamplePage.all)
    func names(sample: SamplePage) {
        let tags = Markup(sample.html).tags
        let labelled = Set(tags.filter { $0.name == "label" }.compactMap { $0.attributes["for"] })
        for tag in tags {
            switch tag.name {
            case "img": #expect(tag.attributes["alt"] != nil, "\(tag.text)")
            case "input", "select", "textarea":
                let isNamed = tag.attributes["id"].map(labelled.contains) ?? false
                let isUnseen = tag.attributes["type"] == "hidden"
                #expect(isNamed || isUnseen || tag.attributes["aria-label"] != nil, "\(tag.text)")
            case "progress", "video", "audio", "dialog", "nav", "iframe":
                let name = tag.attributes["aria-label"] ?? tag.attributes["aria-labelledby"] ?? tag.attributes["title"]
                #expect(name != nil, "\(tag.text)")
            default: continue
            }
        }
    }

    @Test("Every form that changes something carries the form token", arguments: SamplePage.all)
    func formTokens(sample: SamplePage) {
        for form in sample.html.matches(of: /<form [^>]*method="post".*?<\/form>/.dotMatchesNewlines()) {
            #expect(form.output.contains(#"name="csrf_token" value="sample-token""#), "\(form.output.prefix(120))")
        }
    }
}
