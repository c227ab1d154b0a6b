/// Does the work of one kind of job.
///
/// A job runs at least once: a worker may die at any moment and another takes the job up again. So effects on the
/// database belong into `RunningJob.complete`, which is one transaction with the job's end, and everything else must
/// bear being done twice.
package protocol JobHandler: Sendable {
    var kind: JobKind { get }
    /// How many of this kind one process runs at once.
    var concurrency: Int { get }

    func run(_ job: RunningJob) async throws
}

extension JobHandler {
    package var concurrency: Int { 1 }
}
