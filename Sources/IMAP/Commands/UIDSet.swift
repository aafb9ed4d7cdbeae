/// UIDs as a command names them (RFC 3501, sequence-set), never empty.
struct UIDSet: Equatable, Sendable, CustomStringConvertible {
    let description: String
    /// The range that an answer may be about.
    let bounds: ClosedRange<UInt32>
    /// How many answers there may be at most; 1 where nobody knows.
    let expectedCount: Int
    /// In ascending order, each once; empty where only the bounds are known.
    private let uids: [UInt32]

    /// Each of them; empty where only the bounds are known.
    var all: [UInt32] { uids }

    /// Nil without any. In ascending order, each once, those in a row as a range.
    init?(_ uids: some Collection<UInt32>) {
        let ascending = uids.sorted()
        guard let first = ascending.first, let last = ascending.last, first > 0 else { return nil }
        var ranges: [ClosedRange<UInt32>] = []
        for uid in ascending {
            if let range = ranges.last, uid &- range.upperBound <= 1 {
                ranges[ranges.count - 1] = range.lowerBound...uid
            } else {
                ranges.append(uid...uid)
            }
        }
        description = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)" }
            .joined(separator: ",")
        bounds = first...last
        self.uids = ranges.flatMap { Array($0) }
        expectedCount = self.uids.count
    }

    init(_ uid: UInt32) {
        description = String(uid)
        bounds = uid...uid
        expectedCount = 1
        uids = [uid]
    }

    /// All from `first`. Not `n:*`, which gives the last message even where it is before n.
    init(from first: UInt32, expectedCount: Int) {
        bounds = max(first, 1)...UInt32.max
        description = "\(bounds.lowerBound):\(UInt32.max)"
        self.expectedCount = expectedCount
        uids = []
    }

    /// The same in sets of at most `count` UIDs: servers bound the length of a command (Dovecot: 64 KiB).
    func pieces(of count: Int) -> [UIDSet] {
        guard uids.count > count, count > 0 else { return [self] }
        return stride(from: 0, to: uids.count, by: count).compactMap {
            UIDSet(uids[$0..<min($0 + count, uids.count)])
        }
    }
}
