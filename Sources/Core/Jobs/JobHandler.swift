/// Does the work of one kind of job.
///
/// A job runs at least once: a worker may die at any moment and another takes the job up again. So effects on the
/// database belong into `RunningJob.complete`, which is one transaction with the job's end, and everything else must
/// bear being done twice.
package protocol JobHandler: Sendable {
    var kind: JobKind { get }
    /// How many of this kind one process runs at once.
    var concurrency: Int { get }
    /// How long after its last turn it comes again by itself; nil for work that somebody has to ask for.
    var every: Duration? { get }

    func run(_ job: RunningJob) async throws
}

extension JobHandler {
    package var concurrency: Int { 1 }
    package var every: Duration? { nil }
}
