import Web

/// What stands below a player when something else plays in its place. Script fills it in and shows it.
struct StreamNotice: Sendable {
    func html(in frame: Frame) -> HTML {
        """
        <div class="notice notice-warn stream-notice" role="alert" data-streams="\(Links.apiStreams)" \
        data-stop="\(t("Stop it and play here"))" data-since="\(t("since %1"))" hidden>\
        \(frame.icon(.alert))<div>\
        <p data-full hidden>\(t("Your account plays as many things at once as it may. Playing now:"))</p>\
        <p data-taken hidden>\(t("This was stopped from elsewhere, to play something there."))</p>\
        <ul role="list"></ul>\
        <button class="button" type="button" data-again>\(frame.icon(.play))\(t("Play here"))</button></div></div>
        """
    }
}
