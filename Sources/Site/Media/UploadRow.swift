import Web

/// One file on its way up. Script copies this for every file, so that its words are the page's language.
struct UploadRow: Sendable {
    func template(in frame: Frame) -> HTML {
        """
        <template data-row>
        <li class="upload" data-state="waiting">\(frame.icon(.document))\
        <span class="upload-name" data-name></span><span class="upload-status" data-status-line></span>\
        <span class="upload-actions">\
        <a class="button button-quiet" data-open hidden>\(t("Open"))</a>\
        <button class="button button-quiet" type="button" data-retry hidden>\(frame.icon(.retry))\(t("Retry"))</button>\
        <button class="button button-quiet button-icon" type="button" data-cancel aria-label="\(t("Cancel"))" \
        title="\(t("Cancel"))">\(frame.icon(.close))</button></span>\
        <progress value="0" max="100" aria-label="\(t("Upload progress"))"></progress></li>
        </template>
        """
    }
}

/// The sentences that script puts together: `{name}` and the like are filled in by it.
enum UploadTexts {
    static var attributes: HTML {
        """
         data-text-waiting="\(t("Waiting"))"\
         data-text-starting="\(t("Starting"))"\
         data-text-running="\(t("{sent} of {size} · {percent} · {speed}/s · {left} left"))"\
         data-text-broken="\(t("Connection lost. Going on by itself as soon as it is back."))"\
         data-text-checking="\(t("Arrived. Checking the file."))"\
         data-text-done="\(t("Uploaded. Being made ready."))"\
         data-text-ready="\(t("Ready"))"\
         data-text-failed="\(t("The upload did not work. Try again in a moment."))"\
         data-text-unplayable="\(t("Uploaded, but no preview could be made."))"\
         data-text-cancelled="\(t("Cancelled"))"\
         data-text-finished="\(t("{name} is uploaded"))"
        """
    }
}
