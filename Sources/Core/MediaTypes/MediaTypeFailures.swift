extension Failure {
    package static let mediaTypeSizeOutOfRange = Failure.invalid([
        .init("maximum_size", "Choose a size between 1 byte and 1 TiB.")
    ])
}
