/// Runs a short piece of work to its end even though the surrounding task was cancelled: writing down how something
/// ended must not be lost with the thing that ended.
enum Uncancelled {
    static func run<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
        // An unstructured task does not inherit cancellation; it is awaited here, so it does not outlive the caller.
        try await Task { try await body() }.value
    }
}
