import ArgumentParser

@main
struct MediaShare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mediashare",
        abstract: "A self-hosted platform to upload, organize and stream media.",
        discussion: """
            Without any configuration it runs on an embedded database and local disk:

              mediashare serve

            and prints a link where the administrator's account is made. `mediashare config` shows all that can be set.
            """,
        version: Version.text,
        subcommands: [
            Serve.self, Worker.self, Migrate.self, Admin.self, Token.self, Audit.self, Config.self, Routes.self,
            Doctor.self, Demo.self,
        ],
        defaultSubcommand: Serve.self
    )
}

enum Version {
    static let text = "0.1.0"
}
