package import Core
package import Web

/// The key for an authenticator app: as a QR code and as text, and the field for the first code.
package struct TwoFactorAppPage: Page {
    let form: FormState
    let enrolment: SecondFactor.Enrolment

    /// - Parameter form: the field `code`.
    package init(form: FormState = FormState(), enrolment: SecondFactor.Enrolment) {
        self.form = form
        self.enrolment = enrolment
    }

    package var title: String { t("Set up your authenticator app") }
    package var section: Section? { .account }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        <p>\(t("Scan this with an authenticator app, then type the code that it shows."))</p>
        <div class="qr">\(QRPicture(rows: enrolment.picture, label: t("QR code for your authenticator app")).html)</div>
        <p>\(t("No camera? Type this key into the app:")) <code class="key">\(spacedKey)</code></p>
        \(HTML.form(Links.twoFactorApp, class: "form form-end", fields))
        """
    }

    /// In groups of four, as people read it; apps ignore the spaces.
    private var spacedKey: String {
        var rest = Substring(enrolment.key)
        var groups: [Substring] = []
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }

    private var fields: HTML {
        """
        \(form.codeField(label: t("Code of the app")))
        <div class="form-actions">\(HTML.submit(t("Turn it on")))\
        <a class="button" href="\(Links.twoFactor)">\(t("Not now"))</a></div>
        """
    }
}

/// A QR code as one path: dark on light in every colour scheme, as cameras want it.
struct QRPicture: Sendable {
    /// Rows of modules; true is dark.
    let rows: [[Bool]]
    let label: String

    /// ISO/IEC 18004 wants four light modules on every side.
    private static let margin = 4

    var html: HTML {
        let size = rows.count + 2 * Self.margin
        return """
            <svg viewBox="0 0 \(size) \(size)" role="img" aria-label="\(label)" shape-rendering="crispEdges">\
            <rect width="\(size)" height="\(size)" fill="#fff"/><path d="\(path)" fill="#000"/></svg>
            """
    }

    /// One stroke for each run of dark modules in a row.
    private var path: String {
        var path = ""
        for (y, row) in rows.enumerated() {
            var x = 0
            while x < row.count {
                let length = row[x...].prefix { $0 == row[x] }.count
                if row[x] { path += "M\(x + Self.margin) \(y + Self.margin)h\(length)v1h-\(length)z" }
                x += length
            }
        }
        return path
    }
}
