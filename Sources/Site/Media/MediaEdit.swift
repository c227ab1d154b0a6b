import Core
package import Web

/// Changes what an item is called and who may see it.
package struct MediaEdit: Page {
    let id: String
    let itemTitle: String
    let form: FormState

    /// - Parameter form: fields `title`, `description`, `visibility` and `age_rating`.
    package init(id: String, title: String, form: FormState) {
        self.id = id
        itemTitle = title
        self.form = form
    }

    package var title: String { t("Edit “\(itemTitle)”") }
    package var section: Section? { .mine }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        \(HTML.form(Links.mediaEdit(id), class: "form", fields(in: frame)))
        """
    }

    private func fields(in frame: Frame) -> HTML {
        """
        \(form.textField("title", label: t("Title"), required: true, maximumLength: 200))
        \(form.textArea("description", label: t("Description"), rows: 6, maximumLength: 10_000))
        \(VisibilityChoice(form: form).html(in: frame))
        \(form.select(
            "age_rating", label: t("Age rating"), choices: AgeRating.choices(none: t("Not rated")),
            help: t("Profiles with an age limit see only what is rated for them.")
        ))
        <div class="form-actions">\(HTML.submit(t("Save")))\
        <a class="button" href="\(Links.media(id))">\(t("Cancel"))</a></div>
        """
    }
}
