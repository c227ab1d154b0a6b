import Core
import Web

/// The way to everything that an administrator does; for others, what this place is.
struct AdministrationPage: Page {
    var title: String { t("Administration") }
    var section: Section? { .administration }
    var mainClass: String { "page page-narrow" }

    func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        \(frame.may(.manageAccounts) ? places(in: frame) : explanation(in: frame))
        """
    }

    private func places(in frame: Frame) -> HTML {
        """
        <ul class="stack">
        \(place(t("People"), t("Find, edit, suspend and unlock accounts."), Links.people(), .people, in: frame))
        \(place(t("Add somebody"), t("An account for somebody else."), Links.personAdd, .edit, in: frame))
        \(place(t("Managed items"), t("What everybody uploaded."), Links.managed, .shield, in: frame))
        \(place(t("Import people"), t("Bring people in from a list."), Links.peopleImport, .upload, in: frame))
        \(frame.may(.manageAll) ? types(in: frame) : nil)
        \(frame.may(.seeAudit) ? audit(in: frame) : nil)
        \(frame.may(.manageSettings) ? pages(in: frame) : nil)
        </ul>
        """
    }

    private func types(in frame: Frame) -> HTML {
        """
        \(place(t("User types"), t("What accounts may do, and how much."), Links.userTypes, .lock, in: frame))
        \(place(t("Sign-in providers"), t("Logging in with an account elsewhere."), Links.signInProviders, .link, in: frame))
        """
    }

    private func audit(in frame: Frame) -> HTML {
        place(t("Audit trail"), t("Who did what to whom, and when."), Links.audit(), .clock, in: frame)
    }

    private func pages(in frame: Frame) -> HTML {
        place(t("Pages"), t("The privacy policy and the terms of service."), Links.policiesEdit, .document, in: frame)
    }

    private func place(_ name: String, _ text: String, _ link: Link, _ icon: Icon, in frame: Frame) -> HTML {
        """
        <li class="panel"><a href="\(link)">\(frame.icon(icon)) <strong>\(name)</strong></a><p class="soft">\(text)</p></li>

        """
    }

    private func explanation(in frame: Frame) -> HTML {
        EmptyState(
            icon: .shield,
            title: t("This is where the platform is run"),
            text: t(
                "Only administrators come in. If you should be one, ask whoever runs this platform; if you are, log in with that account."
            ),
            action: frame.viewer == nil
                ? (t("Log in"), Links.login(next: frame.here)) : (t("Go to your overview"), Links.dashboard)
        ).html(in: frame)
    }
}
