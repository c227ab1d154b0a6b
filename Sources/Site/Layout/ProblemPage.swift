package import Web

/// Something went wrong: what happened, what was kept, what to do, and the request's id for whoever looks into it.
package struct ProblemPage: Page {
    let status: Int
    let heading: String
    let text: String

    /// The page of a status in general, or with what is known about this case.
    package init(status: Int, message: String? = nil) {
        let (heading, text) = Self.words(status)
        self.status = status
        self.heading = heading
        self.text = message ?? text
    }

    package var title: String { heading }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="problem">
        <p class="problem-status">\(t("Error \(String(status))"))</p>
        <h1>\(heading)</h1>
        <p>\(text)</p>
        <div class="form-actions"><a class="button button-primary" href="\(Links.library)">\(t("Go to the library"))</a>\
        \(frame.viewer == nil ? login(in: frame) : nil)</div>
        <p class="problem-id">\(t("Request")) <code>\(frame.requestID)</code></p>
        </div>
        """
    }

    private func login(in frame: Frame) -> HTML? {
        guard status == 403 || status == 404 else { return nil }
        return "<a class=\"button\" href=\"\(Links.login(next: frame.here))\">\(t("Log in"))</a>"
    }

    private static func words(_ status: Int) -> (heading: String, text: String) {
        switch status {
        case 403: (t("You may not do this"), t("Your account does not have this permission. Nothing was changed."))
        case 404:
            (t("There is nothing here"), t("The link may be old, or what it leads to may not be yours to see."))
        case 409: (t("Somebody was faster"), t("This was changed in the meantime. Go back, look again and repeat it."))
        case 410: (t("This is gone"), t("It was here once and has been removed for good."))
        case 413: (t("This is too large"), t("What you sent is larger than this page accepts. Nothing was kept of it."))
        case 415: (t("This type is not accepted"), t("Files of this type cannot be uploaded. Nothing was kept of it."))
        case 422:
            (
                t("This could not be accepted"),
                t("Something in what you sent does not fit. Go back, check it and send it again.")
            )
        case 429:
            (
                t("Too many attempts"),
                t("That was more than we allow in a short time. Wait a few minutes and try again.")
            )
        case 503:
            (t("Not available just now"), t("The service is busy or starting. Nothing is lost; try again in a minute."))
        case 507: (t("No space left"), t("The server has no room for this. What arrived is kept; try again later."))
        case 500...599:
            (t("Something went wrong"), t("It is our fault and has been noted. Nothing that was saved before is lost."))
        case _:
            (t("This did not work"), t("The request could not be understood. Go back and try it again."))
        }
    }
}
