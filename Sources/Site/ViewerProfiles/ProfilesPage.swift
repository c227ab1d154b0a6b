import Core
import Web

/// Who is watching? One large tile for each profile.
struct ProfilesPage: Page {
    let profiles: [ViewerProfile]
    /// Who watches now; nil as long as nobody said it.
    let watching: Watching?
    let next: Link?

    var title: String { t("Who is watching?") }
    var shell: Shell { .focused }
    var scripts: [Script] { [.tiles] }
    var mainClass: String { "page-profiles" }

    func main(in frame: Frame) -> HTML {
        """
        <h1>\(title)</h1>
        <arrow-tiles class="tiles">\(profiles.map { tile($0, in: frame) })</arrow-tiles>
        <p class="focused-foot"><a class="button" href="\(Links.manageProfiles)">\(t("Manage profiles"))</a></p>
        """
    }

    /// Where nothing is asked for, the tile chooses at once; else it leads to the question.
    private func tile(_ profile: ViewerProfile, in frame: Frame) -> HTML {
        let inside: HTML = """
            \(frame.face(profile.face))<span class="tile-name">\(profile.name)</span>\
            <span class="tile-note">\(note(profile, in: frame))</span>
            """
        let isCurrent: HTML? = profile.id == watching?.profile ? " aria-current=\"true\"" : nil
        switch ProfileDoor(toWatch: profile, from: watching) {
        case .open:
            let hidden: HTML? = next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" }
            let button: HTML = "<button class=\"tile\" type=\"submit\"\(isCurrent)>\(inside)</button>"
            return HTML.form(Links.profile(profile.publicID), "\(hidden)\(button)")
        case .pin, .pinOrPassword, .password:
            return "<a class=\"tile\" href=\"\(Links.profile(profile.publicID, next: next))\">\(inside)</a>"
        }
    }

    private func note(_ profile: ViewerProfile, in frame: Frame) -> HTML {
        let lock: HTML? =
            profile.hasPIN ? "\(frame.icon(.lock))<span class=\"visually-hidden\">\(t("with a PIN"))</span>" : nil
        return "\(lock)\(profile.ageLimit.map { "<span>\($0.limit)</span>" } as HTML?)"
    }
}

/// Asks for what opens one profile.
struct ProfileKeyPage: Page {
    let profile: ViewerProfile
    let door: ProfileDoor
    /// The fields of `ProfileKeyFields`.
    var form = FormState()
    let next: Link?

    var title: String { profile.name }
    var shell: Shell { .focused }

    func main(in frame: Frame) -> HTML {
        """
        <div class="profile-head">\(frame.face(profile.face))<h1>\(title)</h1></div>
        \(form.errorSummary())
        \(HTML.form(Links.profile(profile.publicID), class: "form", fields))
        <p class="focused-foot"><a href="\(Links.profiles(next: next))">\(t("Choose somebody else"))</a></p>
        """
    }

    private var fields: HTML {
        """
        \(next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" } as HTML?)\
        \(ProfileKeyFields(door: door, form: form, hasFocus: true).html)
        <div class="form-actions">\(HTML.submit(t("Watch"), class: "button button-primary button-wide"))</div>
        """
    }
}

/// What a door asks for: the fields `profile_pin` and `current_password`, or none.
struct ProfileKeyFields: Sendable {
    let door: ProfileDoor
    let form: FormState
    var hasFocus = false

    var html: HTML? {
        switch door {
        case .open: nil
        case .pin: pin(help: nil)
        case .password:
            password(isRequired: true, help: t("This profile has an age limit. It is left with the password."))
        case .pinOrPassword:
            "\(pin(help: nil, isRequired: false))\(password(isRequired: false, help: t("In place of the PIN, if it is forgotten.")))"
        }
    }

    private func pin(help: String?, isRequired: Bool = true) -> HTML {
        form.passwordField(
            "profile_pin",
            label: t("PIN of this profile"),
            help: help,
            required: isRequired,
            autocomplete: "off",
            autofocus: hasFocus,
            isNumeric: true
        )
    }

    private func password(isRequired: Bool, help: String) -> HTML {
        form.passwordField(
            "current_password",
            label: t("Password of the account"),
            help: help,
            required: isRequired,
            autocomplete: "current-password",
            autofocus: hasFocus && isRequired
        )
    }
}
