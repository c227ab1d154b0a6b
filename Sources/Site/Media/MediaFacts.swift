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
            \(row(t("Type"), "\(media.kind.name), \(file.contentType)"))
            \(row(t("Size"), "\(Format.size(file.size))"))
            \(file.length.map { row(t("Length"), "<time datetime=\"\(Format.isoLength($0))\">\(Format.length($0))</time>") })
            \(resolution.map { row(t("Resolution"), "\($0)") })
            \(row(t("Uploaded"), Moment(timestamp: media.uploaded, now: frame.now).html))
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
