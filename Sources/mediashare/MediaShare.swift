import ArgumentParser

@main
struct MediaShare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mediashare",
        abstract: "A self-hosted platform to upload, organize and stream media."
    )
}
