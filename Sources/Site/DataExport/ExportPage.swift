import Core
import Web

/// One's copy of all that is stored: how to get one, how far it is, and where to fetch it.
struct ExportPage: Page {
    let export: DataExport?
    let originals: OriginalsSize

    var title: String { t("Download your data") }
    var section: Section? { .account }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        <div class="stack">
        <p>\(t("A ZIP file with everything that is stored about you, as JSON: your account, where you are logged in, your items, the mails that you got, and what the audit trail says of you. Passwords and keys are not in it."))</p>
        \(state(in: frame))
        </div>
        """
    }

    private func state(in frame: Frame) -> HTML {
        switch export?.state {
        case nil: form
        case .failed:
            """
            \(Notice(.bad, "<p>\(t("Your data could not be put together. Try it once more."))</p>").html(in: frame))
            \(form)
            """
        case .underWay(let progress): underWay(progress)
        case .ready(let size): ready(size, in: frame)
        }
    }

    private func underWay(_ progress: Double) -> HTML {
        let label = t("Your data are being put together.")
        return """
            <p>\(label) \(t("You get a mail when they are ready."))</p>
            <p><progress max="100" value="\(Int(progress * 100))" aria-label="\(label)"></progress></p>
            <p><a class="button" href="\(Links.exports)">\(t("Look again"))</a></p>
            """
    }

    private func ready(_ size: Int64, in frame: Frame) -> HTML {
        guard let export else { return "" }
        let date = Language.current.date(milliseconds: export.expiresAt.milliseconds)
        let bytes = Language.current.size(bytes: size)
        return """
            <section class="panel"><p>\(t("Made")) \(HTML.time(export.createdAt, now: frame.now)). \(t("It can be fetched until \(date)."))</p>
            <div class="form-actions"><a class="button button-primary" href="\(Links.exportFile(export.publicID))">\
            \(frame.icon(.download))\(t("Download, \(bytes)"))</a></div></section>
            <section class="section" aria-labelledby="again-title">
            <div class="section-head"><h2 id="again-title">\(t("A newer one"))</h2></div>
            <p class="soft">\(t("It takes the place of this one."))</p>
            \(form)
            </section>
            """
    }

    private var form: HTML {
        let size = Language.current.size(bytes: originals.bytes)
        let help = tn("%1 file, %2.", "%1 files, %2.", count: originals.items, size)
        let fields: HTML = """
            \(FormState().checkbox("originals", label: t("With the files that I uploaded"), help: help))
            <div class="form-actions">\(HTML.submit(t("Put my data together")))</div>
            """
        return HTML.form(Links.exports, class: "form", fields)
    }
}
