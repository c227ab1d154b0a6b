import Testing

@testable import Web

@Suite("Sets of byte ranges")
struct ByteRangeSetTests {
    /// Byte by byte, without any arithmetic on ends: which bytes does the field ask for?
    private func wanted(_ specs: [(first: Int?, last: Int?)], length: Int) -> [Set<Int>] {
        specs.map { spec in
            switch (spec.first, spec.last) {
            case (let first?, let last?): Set((0..<length).filter { $0 >= first && $0 <= last })
            case (let first?, nil): Set((0..<length).filter { $0 >= first })
            case (nil, let count?): Set((0..<length).filter { length - $0 <= count })
            case (nil, nil): []
            }
        }
    }

    @Test("Random sets mean what a slow reference says", arguments: [UInt64.random(in: .min ... .max)])
    func property(seed: UInt64) throws {
        var random = SeededRandom(seed)
        for round in 0..<20_000 {
            let length = Int.random(in: 0...40, using: &random)
            let specs: [(first: Int?, last: Int?)] = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                let first = Int.random(in: 0...45, using: &random)
                switch Int.random(in: 0...3, using: &random) {
                case 0: return (first, nil)
                case 1: return (nil, first)
                default: return (first, first + Int.random(in: 0...9, using: &random))
                }
            }
            let text = specs.map { "\($0.first.map(String.init) ?? "")-\($0.last.map(String.init) ?? "")" }
            let field = "bytes=" + text.joined(separator: ",")
            let set = try #require(ByteRangeSet(parsing: field))
            let sets = wanted(specs, length: length).filter { !$0.isEmpty }
            let note: Comment = "seed \(seed) round \(round): \(field) of \(length)"
            switch set.resolved(length: length) {
            case .unsatisfiable:
                #expect(sets.isEmpty, note)
            case .whole:
                let hasSuffix = specs.contains { $0.first == nil && $0.last != 0 }
                #expect(sets.reduce(0) { $0 + $1.count } > length || (length == 0 && hasSuffix), note)
            case .part(let range):
                #expect(Set(range) == sets.reduce(into: []) { $0.formUnion($1) }, note)
            case .parts(let ranges):
                #expect(ranges.count > 1, note)
                #expect(ranges.reduce(0) { $0 + $1.count } <= length, note)
                #expect(
                    ranges.reduce(into: Set<Int>()) { $0.formUnion($1) } == sets.reduce(into: []) { $0.formUnion($1) },
                    note
                )
                let ends = Set(ranges.map(\.upperBound))
                #expect(ranges.allSatisfy { !ends.contains($0.lowerBound) }, "\(note): parts touch")
                // Each part stands where the first range that went into it stood.
                let places = ranges.compactMap { part in sets.firstIndex { !$0.isDisjoint(with: part) } }
                #expect(places == places.sorted(), note)
            }
        }
    }

    @Test("Bytes that are no range at all are ignored and harm nothing", arguments: [UInt64.random(in: .min ... .max)])
    func garbage(seed: UInt64) {
        var random = SeededRandom(seed)
        let alphabet = Array("bytes=0123456789-,; \t\u{FF}x")
        for _ in 0..<20_000 {
            let tail = (0..<Int.random(in: 0...30, using: &random)).compactMap { _ in
                alphabet.randomElement(using: &random)
            }
            let field = "bytes=" + String(tail)
            guard let set = ByteRangeSet(parsing: field) else { continue }
            if case .parts(let ranges) = set.resolved(length: 1000) {
                #expect(ranges.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= 1000 }, "seed \(seed): \(field)")
            }
        }
    }
}
