import Persistence
import Synchronization

/// How many unread notifications wait for those who keep a page open.
///
/// Whoever asks first looks into the database for everybody, so a thousand open pages ask it as often as one: soon after this
/// process has written something, and twice a second for what others wrote. Of each page one number is kept, however slow
/// its reader is.
package final class NotificationFeed: Sendable {
    /// Sessions that are still open, each with its number of unread notifications.
    typealias Look = @Sendable ([ID<Session>]) async throws -> [ID<Session>: Int]

    /// A place among those who are told; given back when nobody holds it any more.
    package final class Seat: Sendable {
        fileprivate let number: Int
        private let feed: NotificationFeed

        fileprivate init(_ number: Int, of feed: NotificationFeed) {
            self.number = number
            self.feed = feed
        }

        deinit { feed.leave(number) }
    }

    private struct Sitting {
        let session: ID<Session>
        let account: ID<Account>
        var unread: Int
        var isOver = false
    }

    private struct State {
        var seats: [Int: Sitting] = [:]
        var taken = 0
        var isLooking = false
        var lookedAt = ContinuousClock.now
        var writesSeen: Int?
        var isClosed = false
    }

    private static let soonest = Duration.milliseconds(100)
    private static let latest = Duration.milliseconds(500)

    private let state = Mutex(State())
    private let writes: @Sendable () -> Int
    private let mostSeats: Int
    private let mostPerAccount: Int
    private let look: Look

    /// - Parameter writes: how many writes this process has made.
    init(
        writes: @escaping @Sendable () -> Int,
        mostSeats: Int = 2000,
        mostPerAccount: Int = 8,
        look: @escaping Look
    ) {
        self.writes = writes
        self.mostSeats = mostSeats
        self.mostPerAccount = mostPerAccount
        self.look = look
    }

    convenience init(of database: any Database, sessions: Sessions) {
        self.init(writes: { database.writes.now }, look: { try await sessions.unread(in: $0) })
    }

    /// Where somebody has too many pages open, the one that was opened first ends. Throws `Failure.tooManyListeners` when
    /// all places are taken.
    package func seat(for session: Session) throws(Failure) -> Seat {
        try seat(session.id, of: session.account.id, unread: session.unread)
    }

    func seat(_ session: ID<Session>, of account: ID<Account>, unread: Int) throws(Failure) -> Seat {
        let number: Int? = state.withLock { state in
            guard state.seats.count < mostSeats else { return nil }
            let own = state.seats.filter { $0.value.account == account && !$0.value.isOver }.keys.sorted()
            for surplus in own.prefix(max(0, own.count + 1 - mostPerAccount)) { state.seats[surplus]?.isOver = true }
            state.taken += 1
            state.seats[state.taken] = Sitting(session: session, account: account, unread: unread)
            return state.taken
        }
        guard let number else { throw .tooManyListeners }
        return Seat(number, of: self)
    }

    /// How many wait; nil once the session is over. Should the database be away, everything stays as it was: it ends no
    /// session, and the next look is soon.
    package func unread(for seat: Seat) async -> Int? {
        if let sessions = beginLook() { finishLook(at: sessions, try? await look(Array(sessions))) }
        return state.withLock { state in
            guard !state.isClosed, let sitting = state.seats[seat.number], !sitting.isOver else { return nil }
            return sitting.unread
        }
    }

    /// The sessions to be asked about, when it is time and nobody else is at it.
    private func beginLook() -> Set<ID<Session>>? {
        let (now, written) = (ContinuousClock.now, writes())
        return state.withLock { state in
            let wait = state.writesSeen == written ? Self.latest : Self.soonest
            guard !state.isLooking, now - state.lookedAt >= wait else { return nil }
            (state.isLooking, state.lookedAt, state.writesSeen) = (true, now, written)
            return Set(state.seats.values.map(\.session))
        }
    }

    private func finishLook(at asked: Set<ID<Session>>, _ found: [ID<Session>: Int]?) {
        state.withLock { state in
            state.isLooking = false
            guard let found else { return }
            // Who sat down meanwhile was not asked about.
            for (number, sitting) in state.seats where asked.contains(sitting.session) {
                guard let unread = found[sitting.session] else {
                    state.seats[number]?.isOver = true
                    continue
                }
                state.seats[number]?.unread = unread
            }
        }
    }

    /// For the end of the program: nobody is told anything any more.
    package func close() {
        state.withLock { $0.isClosed = true }
    }

    private func leave(_ number: Int) {
        state.withLock { state in _ = state.seats.removeValue(forKey: number) }
    }
}
