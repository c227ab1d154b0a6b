/// Seals new entries of the audit trail into its chain, a few seconds after they were written: business transactions
/// never wait for the chain's end.
package struct AuditSealJob: JobHandler {
    package let kind: JobKind = "audit.seal"
    package let every: Duration? = .seconds(10)
    private let sealing: AuditSealing

    package init(sealing: AuditSealing) {
        self.sealing = sealing
    }

    package func run(_ job: RunningJob) async throws {
        _ = try await sealing.seal()
        try await job.complete()
    }
}
