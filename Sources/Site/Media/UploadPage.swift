package import Core
package import Web

/// Choosing or dropping files. With script they go up by the resumable protocol, several at once and each with its
/// progress; without, one at a time as a plain form.
package struct UploadPage: Page {
    let form: FormState
    let limits: [Limit]
    let free: Int64?

    /// What may be uploaded of one type.
    package struct Limit: Sendable {
        package let kind: MediaKind
        /// Without dots, "mp4".
        package let extensions: [String]
        package let maximumSize: Int64

        package init(kind: MediaKind, extensions: [String], maximumSize: Int64) {
            self.kind = kind
            self.extensions = extensions
            self.maximumSize = maximumSize
        }
    }

    /// - Parameters:
    ///   - form: fields `title`, `visibility` and `file`, in this order in the request too.
    ///   - free: how many bytes still fit into the person's storage, nil without a limit.
    package init(form: FormState = FormState(), limits: [Limit], free: Int64?) {
        self.form = form
        self.limits = limits
        self.free = free
    }

    package var title: String { t("Upload") }
    package var section: Section? { .upload }
    package var scripts: [Script] { [.upload, .status] }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        <upload-queue\(UploadTexts.attributes) data-endpoint="\(Links.resumableUploads)" \
        data-events="\(Links.mediaEvents([]))">
        \(HTML.form(Links.upload, multipart: true, class: "form", fields(in: frame)))
        \(UploadRow().template(in: frame))
        <ul class="uploads" data-list aria-label="\(t("Uploads"))" hidden></ul>
        </upload-queue>
        \(UploadLimits(limits: limits, free: free).html(in: frame))
        """
    }

    private func fields(in frame: Frame) -> HTML {
        """
        <div data-plain>\(form.textField(
            "title", label: t("Title"), help: t("Without one the file’s name is taken."), maximumLength: 200
        ))</div>
        \(form.select("visibility", label: t("Who may see it"), choices: Media.Visibility.allCases.map { choice in
            .init(choice.rawValue, "\(choice.name) – \(choice.explanation)")
        }, required: true))
        <div class="drop" data-drop>\(frame.icon(.upload))
        <p class="drop-title" data-scripted hidden>\(t("Drop files here"))</p>
        <p data-scripted hidden>\(t("Several at once are fine. An upload that breaks off goes on where it stopped."))</p>
        <button class="button button-primary" type="button" data-choose data-scripted hidden>\(t("Choose files"))</button>
        <div data-file>\(form.fileField("file", label: t("File"), accept: accepted))</div>
        </div>
        <div class="form-actions" data-plain>\(HTML.submit(t("Upload")))</div>
        """
    }

    private var accepted: String {
        limits.flatMap(\.extensions).map { ".\($0)" }.joined(separator: ",")
    }
}
