import Core
import Web

/// The check box by which somebody who makes an account agrees to what is in force.
struct AgreementField: Sendable {
    let form: FormState
    let versions: PolicyVersions

    var html: HTML {
        """
        <input type="hidden" name="privacy_version" value="\(versions.privacy)">\
        <input type="hidden" name="terms_version" value="\(versions.terms)">\
        \(form.checkbox("agreement", label: t("I agree to the terms of service and the privacy policy.")))
        <p class="field-help"><a href="\(Links.termsOfService)" target="_blank">\(t("Terms of service"))</a> · \
        <a href="\(Links.privacyPolicy)" target="_blank">\(t("Privacy policy"))</a></p>
        """
    }
}

extension Registration.Agreement {
    /// What somebody who made the account themselves ticked, of which versions.
    init(_ fields: FormFields) {
        guard fields.isOn("agreement") else {
            self = .refused
            return
        }
        let privacy = Int64(fields.text("privacy_version")) ?? 0
        self = .given(PolicyVersions(privacy: privacy, terms: Int64(fields.text("terms_version")) ?? 0))
    }
}

/// Where both texts are, at the end of pages that visitors see.
struct Colophon: Sendable {
    var html: HTML {
        """
        <footer class="colophon"><a href="\(Links.privacyPolicy)">\(t("Privacy policy"))</a>\
        <a href="\(Links.termsOfService)">\(t("Terms of service"))</a></footer>
        """
    }
}
