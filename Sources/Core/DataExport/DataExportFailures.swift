extension Failure {
    package static let exportUnderWay = Failure(
        .conflict,
        "export_under_way",
        "Your data are being put together already. Wait for that to end."
    )
    package static let exportNotReady = Failure(
        .conflict,
        "export_not_ready",
        "Your data are not ready yet."
    )
}
