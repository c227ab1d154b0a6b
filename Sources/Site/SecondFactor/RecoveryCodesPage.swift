package import Core
package import Web

/// Recovery codes, this once.
package struct RecoveryCodesPage: Page {
    let codes: [String]
    let isFirst: Bool

    /// - Parameter isFirst: whether two-step sign-in was turned on by the same act.
    package init(codes: [RecoveryCode], isFirst: Bool) {
        self.init(texts: codes.map(\.text), isFirst: isFirst)
    }

    package init(texts: [String], isFirst: Bool) {
        codes = texts
        self.isFirst = isFirst
    }

    package var title: String { t("Your recovery codes") }
    package var section: Section? { .account }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(isFirst ? Notice(.good, "<p>\(t("Two-step sign-in is on."))</p>").html(in: frame) : nil)
        <p>\(t("Each of these works once in place of your app. Print them, or keep them where you keep your passwords: nobody can show them to you again."))</p>
        <ul class="codes" role="list">\(codes.map { "<li><code>\($0)</code></li>" as HTML })</ul>
        <div class="form-actions form-end"><a class="button" download="\(frame.brand.name)-recovery-codes.txt" \
        href="data:text/plain;charset=utf-8,\(file.percentEncoded)">\(frame.icon(.download))\(t("Download"))</a>\
        <a class="button button-primary" href="\(Links.twoFactor)">\(t("I have kept them"))</a></div>
        """
    }

    /// The download is made from the page itself: the server has forgotten the codes by then.
    private var file: String { codes.joined(separator: "\n") + "\n" }
}
