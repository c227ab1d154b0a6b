package import Persistence

/// Takes care of the items of an account that was closed or came back, a few at a time: however many there are, nobody
/// waits for them, and whoever is interrupted goes on where it stopped.
package struct ItemJob: JobHandler {
    static let kind: JobKind = "account.items"
    private static let batch = 100

    package let kind: JobKind = ItemJob.kind
    private let database: any Database
    private let effects: Effects

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
    }

    package func run(_ job: RunningJob) async throws {
        guard let account = job.payload["account"].flatMap(Int64.init).map(ID<Account>.init),
            let task = ItemTask(job.payload)
        else { throw JobFailure.permanent("The job names no account or no task.") }
        let now = effects.now()
        while true {
            let done = try await database.write { db in
                // What was decided may have been taken back since.
                let isClosed = try AccountQueries.find(account, in: .system(), on: db)?.status == .closed
                switch task {
                case .trash(let moment):
                    return isClosed ? try Trash.putAll(of: account, at: moment, limit: Self.batch, on: db) : 0
                case .restore(let moment):
                    return isClosed
                        ? 0 : try Trash.restoreAll(of: account, deletedAt: moment, now: now, limit: Self.batch, on: db)
                case .handOver(let heir):
                    return isClosed
                        ? try MediaItems.handOver(from: account, to: heir, now: now, limit: Self.batch, on: db) : 0
                }
            }
            if done < Self.batch { break }
            try await job.report(progress: nil)
        }
        try await job.complete()
    }
}
