import Persistence

/// All SQL of one's own profile.
enum ProfileQueries {
    static func change(_ account: ID<Account>, displayName: String?, language: String?) -> SQL {
        "UPDATE account SET display_name = \(displayName), language = \(language) WHERE id = \(account)"
    }
}
