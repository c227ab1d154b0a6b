import Core
import Web

/// Of what somebody gets mails: a part of their profile's page.
struct NotificationChoices: Sendable {
    let kinds: [NotificationKind]
    let mailed: Set<NotificationKind>

    var html: HTML {
        """
        <section class="section" id="notifications" aria-labelledby="notifications-title">
        <div class="section-head"><h2 id="notifications-title">\(t("Notifications"))</h2>\
        <a href="\(Links.notifications())">\(t("Show them"))</a></div>
        \(HTML.form(Links.notificationChoice, class: "form", fields))
        </section>
        """
    }

    private var fields: HTML {
        """
        <fieldset class="field"><legend class="field-label">\(t("Send me a mail as well:"))</legend>
        <div class="choices">
        \(kinds.map(choice))</div>
        </fieldset>
        <p class="panel-help">\(t("Mails about the security of your account always come."))</p>
        <div class="form-actions">\(HTML.submit(t("Save the choice")))</div>
        """
    }

    private func choice(_ kind: NotificationKind) -> HTML {
        let id = "mail-\(kind.rawValue)"
        return """
            <label class="choice" for="\(id)">\
            <input type="checkbox" id="\(id)" name="mailed" value="\(kind.rawValue)"\
            \(HTML.flag("checked", mailed.contains(kind)))>\
            <span class="choice-name">\(kind.choiceName)</span></label>

            """
    }
}
