import Web

/// How full one's space is, as a bar with its numbers.
struct StorageMeter: Sendable {
    let use: Viewer.StorageUse

    var html: HTML {
        guard let limit = use.limit, limit > 0 else {
            return "<p>\(t("\(Language.current.size(bytes: use.used)) used"))</p>"
        }
        let text = t("\(Language.current.size(bytes: use.used)) of \(Language.current.size(bytes: limit)) used")
        return """
            <progress value="\(min(use.used, limit))" max="\(limit)" aria-label="\(t("Storage used"))">\(text)</progress>
            <p>\(text)</p>
            """
    }
}
