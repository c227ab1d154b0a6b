/// One numbered step of the schema, forward only. One portable text serves both engines unless a pair is given.
package struct Migration: Sendable {
    package let number: Int
    package let name: String
    package let sqlite: String
    package let postgres: String

    package init(number: Int, name: String, sqlite: String, postgres: String) {
        self.number = number
        self.name = name
        self.sqlite = sqlite
        self.postgres = postgres
    }
}
