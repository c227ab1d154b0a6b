import Core
import Web

/// All profiles of an account, to change them.
struct ProfilesManagePage: Page {
    let profiles: [ViewerProfile]

    var title: String { t("Profiles") }
    var section: Section? { .account }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1>\
        <a class="button" href="\(Links.profiles())">\(t("Who is watching?"))</a></div>
        <p class="page-lead">\(t("Everybody who shares this account can have one: with a history of their own, a PIN, and an age limit for children."))</p>
        <ul class="stack" role="list">
        \(profiles.map { row($0, in: frame) })</ul>
        \(end)
        """
    }

    private func row(_ profile: ViewerProfile, in frame: Frame) -> HTML {
        """
        <li class="panel profile-row">\(frame.face(profile.face))<div><strong>\(profile.name)</strong>\
        <p class="soft">\(facts(of: profile))</p></div>\
        <div class="form-actions"><a class="button" href="\(Links.editProfile(profile.publicID))" \
        aria-label="\(t("Edit \(profile.name)"))">\(frame.icon(.edit))\(t("Edit"))</a>\
        <a class="button" href="\(Links.deleteProfile(profile.publicID))" aria-label="\(t("Remove \(profile.name)"))">\
        \(frame.icon(.trash))\(t("Remove"))</a></div></li>

        """
    }

    private func facts(of profile: ViewerProfile) -> String {
        let facts = [profile.ageLimit?.limit ?? t("No age limit"), profile.hasPIN ? t("with a PIN") : nil]
        return facts.compactMap(\.self).joined(separator: " · ")
    }

    private var end: HTML {
        guard profiles.count < ViewerProfiles.most else {
            return "<p class=\"panel-help\">\(t("An account has at most 8 profiles. Remove one first."))</p>"
        }
        return """
            <div class="form-actions form-end">\
            <a class="button button-primary" href="\(Links.addProfile)">\(t("Add a profile"))</a></div>
            """
    }
}

/// One profile, or a new one.
struct ProfileEditPage: Page {
    /// Nil is a new one.
    let profile: ViewerProfile?
    let door: ProfileDoor
    let form: FormState

    /// - Parameter form: fields `name`, `picture`, `colour`, `age_limit`, `pin`, `remove_pin` and those of `ProfileKeyFields`;
    ///   nil shows what the profile is.
    init(profile: ViewerProfile?, door: ProfileDoor, form: FormState? = nil) {
        self.profile = profile
        self.door = door
        let face = profile?.face ?? ProfileFace(picture: .owl, colour: .leaf)
        self.form =
            form
            ?? FormState(values: [
                "name": profile?.name ?? "", "picture": face.picture.rawValue, "colour": face.colour.rawValue,
                "age_limit": profile?.ageLimit.map { "\($0.rawValue)" } ?? "",
            ])
    }

    var title: String { profile.map { t("Edit “\($0.name)”") } ?? t("Add a profile") }
    var section: Section? { .account }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        \(HTML.form(profile.map { Links.editProfile($0.publicID) } ?? Links.addProfile, class: "form", fields(in: frame)))
        """
    }

    private func fields(in frame: Frame) -> HTML {
        """
        \(form.textField("name", label: t("Name"), required: true, autocomplete: "off", maximumLength: 32))
        \(FaceChoice(form: form).html(in: frame))
        \(profile?.isDefault == true ? nil : ageLimit)
        \(form.passwordField("pin", label: t("New PIN"), help: pinHelp, required: false, autocomplete: "new-password", isNumeric: true))
        \(profile?.hasPIN == true ? form.checkbox("remove_pin", label: t("Remove the PIN")) : nil)
        \(ProfileKeyFields(door: door, form: form).html)
        <div class="form-actions">\(HTML.submit(t("Save")))\
        <a class="button" href="\(Links.manageProfiles)">\(t("Cancel"))</a></div>
        """
    }

    private var ageLimit: HTML {
        let choices =
            [FormState.Choice("", t("No age limit"))]
            + AgeRating.allCases.map { FormState.Choice("\($0.rawValue)", $0.limit) }
        return form.select(
            "age_limit",
            label: t("Age limit"),
            choices: choices,
            help: t("With one, this profile sees only items that are rated up to that age, and changes nothing.")
        )
    }

    private var pinHelp: String {
        profile?.hasPIN == true
            ? t("4 to 8 digits. Empty keeps the PIN that it has.") : t("4 to 8 digits. Empty for none.")
    }
}

/// The pictures and the colours, as radio buttons.
struct FaceChoice: Sendable {
    let form: FormState

    func html(in frame: Frame) -> HTML {
        let colour = form.fields["colour"].flatMap { ProfileFace.Colour(rawValue: $0) } ?? .sea
        let picture = form.fields["picture"].flatMap { ProfileFace.Picture(rawValue: $0) } ?? .fox
        let problem = form.problems.first { $0.field == "picture" }
        return """
            <fieldset class="field" id="field-picture"><legend class="field-label">\(t("Picture"))</legend>\
            <div class="faces">\(ProfileFace.Picture.allCases.map { one in
                option("picture", one.rawValue, one.name, .init(picture: one, colour: colour), one == picture, in: frame)
            })</div>\(problem.map { "<p class=\"field-error\">\($0.message)</p>" } as HTML?)</fieldset>
            <fieldset class="field"><legend class="field-label">\(t("Colour"))</legend>\
            <div class="faces faces-small">\(ProfileFace.Colour.allCases.map { one in
                option("colour", one.rawValue, one.name, .init(picture: picture, colour: one), one == colour, in: frame)
            })</div></fieldset>
            """
    }

    private func option(
        _ name: String,
        _ value: String,
        _ label: String,
        _ face: ProfileFace,
        _ isChosen: Bool,
        in frame: Frame
    ) -> HTML {
        """
        <label class="face-choice" for="\(name)-\(value)" title="\(label)">\
        <input type="radio" id="\(name)-\(value)" name="\(name)" value="\(value)"\
        \(HTML.flag("checked", isChosen))>\(frame.face(face))<span class="visually-hidden">\(label)</span></label>

        """
    }
}

/// Asks before a profile goes, and says what goes with it.
struct ProfileDeletePage: Page {
    let profile: ViewerProfile
    let door: ProfileDoor
    /// How many items its history has.
    let history: Int
    var form = FormState()

    var title: String { t("Remove “\(profile.name)”?") }
    var section: Section? { .account }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(form.errorSummary())
        <p>\(lost) \(t("That cannot be undone. Uploaded items stay."))</p>
        \(HTML.form(Links.deleteProfile(profile.publicID), class: "form form-end", fields))
        """
    }

    private var lost: String {
        guard history > 0 else { return t("It has no history yet.") }
        return tn("Its history goes with it: %1 item.", "Its history goes with it: %1 items.", count: history)
    }

    private var fields: HTML {
        """
        \(ProfileKeyFields(door: door, form: form).html)
        <div class="form-actions"><button class="button button-bad" type="submit">\(t("Remove the profile"))</button>\
        <a class="button" href="\(Links.manageProfiles)">\(t("Keep it"))</a></div>
        """
    }
}
