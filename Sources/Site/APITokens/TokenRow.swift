import Core
import Web

/// A token in the list: what it may, when it was used and when it ends. Those that work no more stay for a look back.
struct TokenRow: Sendable {
    let token: APIToken

    func html(in frame: Frame) -> HTML {
        """
        <tr><td><strong>\(token.name)</strong></td>\
        <td data-name="\(t("May"))">\(permissions)</td>\
        <td data-name="\(t("Last used"))">\(token.lastUsedAt.map { HTML.time($0, now: frame.now) } ?? "\(t("Never"))")</td>\
        <td data-name="\(t("Ends"))">\(end(now: frame.now))</td>\
        <td class="table-action">\(token.isUsable(at: frame.now) ? button : nil)</td></tr>

        """
    }

    private var permissions: String {
        Permission.allCases.filter(token.permissions.contains).map(\.name).joined(separator: ", ")
    }

    private func end(now: Timestamp) -> HTML {
        if token.revokedAt != nil { return "<span class=\"badge badge-bad\">\(t("Revoked"))</span>" }
        guard let end = token.expiresAt else { return "\(t("Never"))" }
        return end <= now ? "<span class=\"badge badge-warn\">\(t("Expired"))</span>" : .time(end, now: now)
    }

    private var button: HTML {
        let label: HTML = """
            <button class="button" type="submit" aria-label="\(t("Revoke “\(token.name)”"))">\(t("Revoke"))</button>
            """
        return .form(Links.revokeToken(token.publicID), label)
    }
}
