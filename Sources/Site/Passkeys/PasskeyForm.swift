package import Web

/// A form that a device fills in: script asks it and sends the form. Without script, or without the browser's help, it is not shown.
struct PasskeyForm: Sendable {
    enum Kind: String, Sendable {
        case create, get

        fileprivate var fields: [String] {
            switch self {
            case .create: ["client_data", "attestation"]
            case .get: ["credential", "client_data", "authenticator_data", "signature", "user"]
            }
        }
    }

    let kind: Kind
    let action: Link
    /// Where the script gets the question for the device.
    let challenge: Link
    /// What stands in the form besides.
    let content: HTML

    var html: HTML {
        let hidden: [HTML] = kind.fields.map { "<input type=\"hidden\" name=\"\($0)\" value=\"\">" }
        return """
            <passkey-form hidden data-kind="\(kind.rawValue)" data-challenge="\(challenge)" \
            data-failed="\(t("The passkey was not used. Try it once more."))">\
            \(HTML.form(action, class: "form", "\(hidden)\(content)"))</passkey-form>
            """
    }

    /// The button beside the password, and in place of a code.
    static func signIn(next: Link?, in frame: Frame) -> HTML {
        get(Links.passkeySignIn, label: t("Log in with a passkey"), next: next, in: frame)
    }

    /// The button with which somebody who is signed in proves once more who they are.
    static func prove(next: Link?, in frame: Frame) -> HTML {
        get(Links.passkeyProof, label: t("Confirm with a passkey"), next: next, in: frame)
    }

    private static func get(_ action: Link, label: String, next: Link?, in frame: Frame) -> HTML {
        let content: HTML = """
            \(next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" } as HTML?)
            <button class="button button-wide passkey" type="submit">\(frame.icon(.lock))\(label)</button>
            """
        return PasskeyForm(
            kind: .get,
            action: action,
            challenge: Links.passkeySignInChallenge,
            content: content
        ).html
    }
}

extension Links {
    package static let passkeys = Link(path: "user", "security", "passkeys")
    package static let passkeyInvitation = Link(path: "user", "security", "passkeys", "challenge")
    package static func passkeyRemove(_ id: String) -> Link { Link(path: "user", "security", "passkeys", id, "remove") }
    package static let passkeySignIn = Link(path: "auth", "passkey")
    package static let passkeyProof = Link(path: "auth", "confirm", "passkey")
    package static let passkeySignInChallenge = Link(path: "auth", "passkey", "challenge")
}
