/// Somebody who can sign in.
package struct Account: Sendable, Hashable {
    package let id: ID<Account>

    package init(id: ID<Account>) {
        self.id = id
    }
}
