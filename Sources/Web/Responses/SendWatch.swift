import NIOCore
import Synchronization

/// Asks now and then, while a long answer is being sent, whether the rest of it may go out, too: a film in one piece would
/// otherwise outlive the right to see it by hours. Where it may not, the connection is closed.
package struct SendWatch: Sendable {
    private let interval: Duration
    private let mayGoOn: @Sendable (_ hasMoved: Bool) async -> Bool

    /// - Parameters:
    ///   - interval: between two questions.
    ///   - mayGoOn: learns whether anything was sent since the last question.
    package init(every interval: Duration = .seconds(3), mayGoOn: @escaping @Sendable (_ hasMoved: Bool) async -> Bool)
    {
        self.interval = interval
        self.mayGoOn = mayGoOn
    }

    /// Until it is cancelled, which is when everything is sent.
    func run(_ sent: SentCount, on channel: any Channel) async {
        var before = sent.now
        while true {
            do { try await Task.sleep(for: interval) } catch { return }
            let now = sent.now
            guard await mayGoOn(now != before) else {
                if !Task.isCancelled { channel.close(promise: nil) }
                return
            }
            before = now
        }
    }
}

/// How often something was sent.
final class SentCount: Sendable {
    private let count = Atomic<Int>(0)

    var now: Int { count.load(ordering: .relaxed) }

    func advance() { count.add(1, ordering: .relaxed) }
}
