import Web

/// How full one's space is, as a bar with its numbers.
struct StorageMeter: Sendable {
    let use: Viewer.StorageUse

    var html: HTML {
        guard let limit = use.limit, limit > 0 else {
            return "<p>\(t("\(Format.size(use.used)) used"))</p>"
        }
        let text = t("\(Format.size(use.used)) of \(Format.size(limit)) used")
        return """
            <progress value="\(min(use.used, limit))" max="\(limit)" aria-label="\(t("Storage used"))">\(text)</progress>
            <p>\(text)</p>
            """
    }
}
