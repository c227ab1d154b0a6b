extension Failure {
    package static let tooManyListeners = Failure(
        .unavailable,
        "too_many_listeners",
        "Too many pages are open at the moment. This one shows what is new when it is loaded again.",
        retryAfter: .seconds(60)
    )
}
