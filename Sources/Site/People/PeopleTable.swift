import Core
import Web

/// The rows of the list of people, each with a box to choose it, and what can be done to those chosen.
struct PeopleTable: Sendable {
    let people: PeoplePage
    let types: [UserType]

    func html(in frame: Frame) -> HTML {
        """
        <table class="table table-cards">
        <thead><tr><th scope="col"><span class="visually-hidden">\(t("Choose"))</span></th>\
        <th scope="col">\(t("Account"))</th><th scope="col">\(t("User type"))</th>\
        <th scope="col">\(t("Customer of"))</th><th scope="col" class="number">\(t("Storage"))</th>\
        <th scope="col">\(t("Since"))</th><th scope="col">\(t("Last sign-in"))</th></tr></thead>
        <tbody>
        \(people.list.items.map { row($0, in: frame) })</tbody>
        </table>
        \(acts)
        """
    }

    private func row(_ account: Account, in frame: Frame) -> HTML {
        """
        <tr><td><input type="checkbox" name="id" value="\(account.publicID)" \
        aria-label="\(t("Choose \(account.username)"))"></td>\
        <td><a href="\(Links.person(account.publicID))"><strong>\(account.username)</strong></a> \(account.badges)\
        <div class="soft person-email">\(account.email)</div></td>\
        <td data-name="\(t("User type"))">\(typeName(account))</td>\
        <td data-name="\(t("Customer of"))">\(account.parent.flatMap { people.parents[$0] } ?? "–")</td>\
        <td class="number" data-name="\(t("Storage"))">\(Language.current.size(bytes: account.storageUsed))</td>\
        <td data-name="\(t("Since"))">\(HTML.time(account.createdAt, now: frame.now))</td>\
        <td data-name="\(t("Last sign-in"))">\(lastSignIn(account, now: frame.now))</td></tr>

        """
    }

    private func typeName(_ account: Account) -> String {
        types.first { $0.code == account.typeCode }?.name ?? account.typeCode
    }

    private func lastSignIn(_ account: Account, now: Timestamp) -> HTML {
        account.lastSignInAt.map { HTML.time($0, now: now) } ?? "\(t("never"))"
    }

    private var acts: HTML {
        let choices = PersonActName.allCases.map { FormState.Choice($0.rawValue, $0.label) }
        return """
            <div class="filters">
            \(FilterFields.select("act", t("With those chosen"), choices))
            \(FilterFields.select("user_type", t("New user type"), types.reversed().map(\.choice)))
            \(HTML.submit(t("Continue"), class: "button"))
            </div>
            """
    }
}
