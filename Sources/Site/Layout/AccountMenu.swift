import Core
import Web

/// What belongs to the person who is signed in: a popover on desktop, a sheet on a phone.
struct AccountMenu: Sendable {
    let viewer: Viewer

    func html(in frame: Frame) -> HTML {
        """
        <div class="menu" id="account-menu" popover>
        <div class="menu-head"><strong>\(viewer.name)</strong><span class="soft">\(viewer.email)</span></div>
        \(viewer.profile.map { changeProfile($0, in: frame) })\
        <a class="menu-item" href="\(Links.profile)">\(frame.icon(.account))\(t("Your profile"))</a>
        \(Section.visible(to: viewer).filter { [.trash, .managed, .administration].contains($0) }.map { link(to: $0, in: frame) })
        \(viewer.profile?.ageLimit == nil ? security(in: frame) : nil)
        <button class="menu-item" type="button" data-opens="keys" hidden>\(frame.icon(.keyboard))\
        \(t("Keyboard shortcuts"))<kbd aria-hidden="true">?</kbd></button>
        \(ThemeSwitch().html(in: frame))
        <a class="menu-item" href="\(Links.privacyPolicy)">\(frame.icon(.lock))\(t("Privacy policy"))</a>
        <a class="menu-item" href="\(Links.termsOfService)">\(frame.icon(.document))\(t("Terms of service"))</a>
        <hr>
        \(HTML.form(Links.logout, logoutButton(in: frame)))
        </div>
        """
    }

    private func changeProfile(_ profile: ViewerProfile, in frame: Frame) -> HTML {
        """
        <a class="menu-item" href="\(Links.profiles())">\(frame.face(profile.face))<span>\(t("Change profile"))\
        <span class="menu-note">\(profile.name)</span></span></a>

        """
    }

    private func security(in frame: Frame) -> HTML {
        "<a class=\"menu-item\" href=\"\(Links.security)\">\(frame.icon(.lock))\(t("Security"))</a>"
    }

    private func logoutButton(in frame: Frame) -> HTML {
        "<button class=\"menu-item\" type=\"submit\">\(frame.icon(.logout))\(t("Log out"))</button>"
    }

    private func link(to section: Section, in frame: Frame) -> HTML {
        "<a class=\"menu-item\" href=\"\(section.link)\">\(frame.icon(section.icon))\(section.title)</a>"
    }
}

/// Light, dark or as the system has it. Needs script to remember, so script uncovers it.
struct ThemeSwitch: Sendable {
    func html(in frame: Frame) -> HTML {
        """
        <theme-switch class="theme" hidden><span id="theme-name">\(t("Appearance"))</span>\
        <span class="segments" role="group" aria-labelledby="theme-name">\
        \(choice("light", t("Light"), .sun, in: frame))\(choice("dark", t("Dark"), .moon, in: frame))\
        \(choice("auto", t("As the system"), .screen, in: frame))</span></theme-switch>
        """
    }

    private func choice(_ value: String, _ label: String, _ icon: Icon, in frame: Frame) -> HTML {
        """
        <button class="segment" type="button" value="\(value)" aria-pressed="false" aria-label="\(label)" \
        title="\(label)">\(frame.icon(icon))</button>
        """
    }
}
