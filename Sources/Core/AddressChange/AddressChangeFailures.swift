extension Failure.FieldProblem {
    static let emailPresent = Failure.FieldProblem("email", "This is your address already.")
}

extension Failure {
    package static let addressLinkGone = Failure(
        .gone,
        "address_link_gone",
        "This link was used already, is too old, or what it was for was taken back."
    )

    /// Whoever reads this reads the address, so it may be said.
    static let addressTakenMeanwhile = Failure(
        .conflict,
        "address_taken",
        "There is an account with this e-mail address already."
    )

    static let tooManyAddresses = Failure(
        .tooMany,
        "too_many_addresses",
        "You asked for another address several times. Try again in an hour.",
        retryAfter: .hours(1)
    )
}
