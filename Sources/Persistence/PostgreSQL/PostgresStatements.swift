import CLibPQ

/// The prepared statements of one connection; the one that was not used for longest makes room.
struct PostgresStatements {
    /// Statements differ by the types of their parameters too: a NULL has none, and takes it from where it stands.
    struct Key: Hashable {
        let text: String
        let types: [Oid]
    }

    final class Entry {
        let name: String
        /// The columns of its answer, known after the first.
        var columns: PostgresColumns?
        fileprivate var lastUse: Int

        fileprivate init(name: String, lastUse: Int) {
            self.name = name
            self.lastUse = lastUse
        }
    }

    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var evicted: [String] = []
    private var uses = 0
    private var names = 0

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    var count: Int { entries.count }

    mutating func find(_ key: Key) -> Entry? {
        uses += 1
        guard let entry = entries[key] else { return nil }
        entry.lastUse = uses
        return entry
    }

    mutating func nextName() -> String {
        names += 1
        return "s\(names)"
    }

    mutating func add(_ key: Key, name: String) -> Entry {
        // Looking through all is cheap beside the round trip that a new statement costs.
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
            evict(oldest.value.name)
        }
        let entry = Entry(name: name, lastUse: uses)
        entries[key] = entry
        return entry
    }

    /// To be closed at the server when no transaction runs.
    mutating func evict(_ name: String) {
        evicted.append(name)
    }

    mutating func takeEvicted() -> [String] {
        defer { evicted = [] }
        return evicted
    }

    mutating func removeAll() {
        entries = [:]
        evicted = []
    }
}
