import Web

/// The details of an item's original, as names and values.
struct MediaFacts: Sendable {
    let media: MediaDetail

    func html(in frame: Frame) -> HTML {
        let file = media.file
        return """
            <section class="panel" aria-labelledby="facts-title">
            <h2 id="facts-title">\(t("Details"))</h2>
            <dl class="facts">
            \(row(t("Type"), "\(media.kind.name), \(file.format)"))
            \(row(t("Size"), "\(Language.current.size(bytes: file.size))"))
            \(file.length.map { row(t("Length"), HTML.length($0)) })
            \(resolution.map { row(t("Resolution"), "\($0)") })
            \(row(t("Uploaded"), HTML.time(media.uploaded, now: frame.now)))
            \(media.owner.map { row(t("Owner"), "\($0)") })
            \(row(t("File name"), "\(file.name)"))
            </dl>
            </section>
            """
    }

    private var resolution: String? {
        guard let width = media.file.width, let height = media.file.height else { return nil }
        return "\(width) × \(height)"
    }

    private func row(_ name: String, _ value: HTML) -> HTML {
        "<div><dt>\(name)</dt><dd>\(value)</dd></div>"
    }
}
