import Core
import Foundation
import Hummingbird
import Web

/// What somebody says about themselves.
struct ProfileRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/user/profile", .signedIn, "Your name and language", show)
        routes.form("/user/profile", .signedIn, "Change your name and language", change)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        site.page(try await page(context)(nil), context)
    }

    private func page(_ context: SignedInContext) async throws -> (FormState?) -> ProfilePage {
        let account = try await site.platform.accounts.find(context.account, in: context.scope)
        let wanted = try await site.platform.addressChanges.asked(in: context.scope)?.newEmail
        let notifications = NotificationChoices(
            kinds: NotificationKind.choosable(with: context.scope.permissions),
            mailed: try await site.platform.notifications.mailed(in: context.scope)
        )
        return { form in
            ProfilePage(
                account: account,
                wantedEmail: wanted,
                languages: site.languages.choices,
                notifications: notifications,
                form: form
            )
        }
    }

    private func change(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let again = try await page(context)
        let tags = site.languages.all.map(\.tag)
        let change = ProfileChange(displayName: fields.text("display_name"), language: fields.text("language"))
        return try await site.form(fields, context) {
            try await site.platform.profiles.change(change, languages: tags, in: context.scope)
            // The answer is in the language that counts from now on.
            let language = site.languages.named(change.language) ?? .current
            return Language.$current.withValue(language) {
                site.redirect(to: Links.profile, saying: t("Your profile is saved."))
            }
        } again: { form in
            again(form)
        }
    }
}

extension Languages {
    /// Each under the name that it gives itself.
    fileprivate var choices: [FormState.Choice] {
        all.map { language in
            let name = Locale(identifier: language.tag).localizedString(forIdentifier: language.tag) ?? language.tag
            return FormState.Choice(language.tag, name.prefix(1).uppercased() + name.dropFirst())
        }
    }
}
