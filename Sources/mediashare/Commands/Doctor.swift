import ArgumentParser
import Core
import Foundation
import Integrations
import Persistence

/// Looks at everything that the program needs, and says how to mend what is missing.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check disk, database, clock, tools, sandbox and mail, and say how to mend what is wrong.",
        discussion: """
            Ends with status 1 when something that is needed is missing.

            Examples:
              mediashare doctor
              mediashare doctor --database postgres://mediashare@localhost/mediashare
            """
    )

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try await options.read()
        var findings: [Finding] = []
        findings.append(await disk(settings))
        findings += await database(settings)
        findings.append(Clock.finding(now: Date()))
        findings += await tools()
        findings.append(await mail(settings))
        for finding in findings { Output.line(finding.text) }
        let broken = findings.filter { $0.grade == .broken }.count
        guard broken == 0 else { throw Complaint("\(broken) of \(findings.count) checks failed.") }
        Output.line("All is well.")
    }

    private func disk(_ settings: Settings) async -> Finding {
        do {
            let disk = try await LocalDisk(base: settings.uploadFolder)
            let key = "doctor-\(Effects.live.publicID())"
            let path = "\(settings.uploadFolder)/\(key)"
            try Data("doctor".utf8).write(to: URL(filePath: path))
            try FileManager.default.removeItem(atPath: path)
            guard let free = try await disk.freeSpace() else {
                return .good("Disk", "\(settings.uploadFolder) is writable.")
            }
            let text = "\(free / (1 << 30)) GiB free in \(settings.uploadFolder)"
            return free < Readiness.leastFreeSpace
                ? .broken("Disk", text, mend: "Make room, or point UPLOAD_FOLDER at a larger disk.")
                : .good("Disk", text)
        } catch {
            return .broken(
                "Disk",
                "\(settings.uploadFolder) cannot be written: \(error)",
                mend: "Give the user who runs mediashare the folder: chown -R mediashare \(settings.uploadFolder)"
            )
        }
    }

    private func database(_ settings: Settings) async -> [Finding] {
        do {
            let database = try await Program.openDatabase(settings, logger: Program.makeLogger(settings))
            let status = try await Migrator(database, Migrations.all).status()
            await database.close()
            let reached = Finding.good("Database", settings.maskedDatabaseURL)
            if let problem = status.problems.first {
                return [reached, .broken("Schema", problem, mend: "Run the program that last changed this database.")]
            }
            guard !status.pending.isEmpty else { return [reached, .good("Schema", "up to date")] }
            return [
                reached,
                .note("Schema", "\(status.pending.count) steps to go", mend: "mediashare migrate, or just serve."),
            ]
        } catch {
            return [
                .broken(
                    "Database",
                    "\(settings.maskedDatabaseURL) cannot be reached: \(error)",
                    mend: "Check DATABASE_URL or DB_*, and that the server runs and lets this host in."
                )
            ]
        }
    }

    private func mail(_ settings: Settings) async -> Finding {
        guard let server = settings.smtpServer else {
            let kept = settings.mailer == nil ? "no mail is sent" : "mails are kept in \(settings.mailFolder)"
            return .note("Mail", kept, mend: "Set MAIL_SERVER, so that people can prove addresses and reset passwords.")
        }
        let name = "\(server.host):\(server.port)"
        do {
            try await SMTPMailer(server, connections: 1).check()
            return .good("Mail", "\(name) lets us in, to send as \(settings.mailSender.address)")
        } catch let failure as MailFailure {
            return .broken(
                "Mail",
                "\(name): \(failure.reason)",
                mend: "Check MAIL_SERVER, MAIL_PORT and the other MAIL_*."
            )
        } catch {
            return .broken("Mail", "\(name): \(error)", mend: "Check MAIL_SERVER, MAIL_PORT and the other MAIL_*.")
        }
    }

    private func tools() async -> [Finding] {
        let sandbox = await Sandbox.detect()
        var findings = await sandbox.tools.inventory().map { report -> Finding in
            guard report.path != nil else {
                return .broken(
                    report.tool.name,
                    "is not installed",
                    mend: "apt-get install \(report.tool.debianPackage)"
                )
            }
            return .good(report.tool.name, report.version ?? "installed")
        }
        switch sandbox.status {
        case .limitsOnly(let reason):
            findings.append(
                .note(
                    "Sandbox",
                    "decoders run with limits alone: \(reason)",
                    mend: "Install bubblewrap and allow unprivileged user namespaces."
                )
            )
        case .isolated:
            findings.append(.good("Sandbox", "decoders see no network and no files but their own"))
        }
        return findings
    }
}

/// What one check found.
private struct Finding {
    enum Grade {
        case good
        case note
        case broken
    }

    let grade: Grade
    let text: String

    static func good(_ name: String, _ text: String) -> Finding { Finding(grade: .good, text: "✓ \(name): \(text)") }

    static func note(_ name: String, _ text: String, mend: String) -> Finding {
        Finding(grade: .note, text: "! \(name): \(text)\n    \(mend)")
    }

    static func broken(_ name: String, _ text: String, mend: String) -> Finding {
        Finding(grade: .broken, text: "✗ \(name): \(text)\n    \(mend)")
    }
}

/// A clock that is far off breaks sessions, links and certificates. Without the network only the plainly wrong shows:
/// a time before this program was made.
private enum Clock {
    static func finding(now: Date) -> Finding {
        let made = Date(timeIntervalSince1970: 1_767_225_600)
        return now < made
            ? .broken("Clock", "it says \(now)", mend: "Set the time: timedatectl set-ntp true")
            : .good("Clock", now.formatted(.iso8601))
    }
}
