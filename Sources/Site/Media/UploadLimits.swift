import Web

/// What may be uploaded, and how large.
struct UploadLimits: Sendable {
    let limits: [UploadPage.Limit]
    let free: Int64?

    func html(in frame: Frame) -> HTML {
        """
        <section class="limits" aria-labelledby="limits-title">
        <h2 id="limits-title">\(t("What you can upload"))</h2>
        <table class="table table-cards">
        <thead><tr><th scope="col">\(t("Type"))</th><th scope="col">\(t("File names ending in"))</th>\
        <th scope="col" class="number">\(t("Up to"))</th></tr></thead>
        <tbody>
        \(limits.map { row($0, in: frame) })</tbody>
        </table>
        \(free.map { "<p class=\"limits-free\">\(t("You have \(Language.current.size(bytes: max(0, $0))) of storage left."))</p>" } as HTML?)
        </section>
        """
    }

    private func row(_ limit: UploadPage.Limit, in frame: Frame) -> HTML {
        """
        <tr><td><span class="limit-kind">\(frame.icon(limit.kind.icon))\(limit.kind.plural)</span></td>\
        <td class="soft">\(limit.extensions.joined(separator: ", "))</td>\
        <td class="number" data-name="\(t("Up to"))">\(Language.current.size(bytes: limit.maximumSize))</td></tr>

        """
    }
}
