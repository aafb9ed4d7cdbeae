/// When to search the mailbox again, because a server may not have reported everything at once. A pure value.
///
/// A SEARCH need not know what came seconds ago, and EXISTS may come before FETCH shows the message: so the newest are searched again
/// soon after the opening, and what was announced and not seen is looked for until it is there.
struct Gaps: Equatable, Sendable {
    /// Searches after the opening.
    private var planned: [Deadline] = []
    /// What was announced has not been seen yet: the next look, and the pause after that.
    private var missing: (due: Deadline, pause: Duration)?

    private static let afterOpening: [Duration] = [.seconds(8), .seconds(40)]
    private static let longestPause: Duration = .seconds(64)

    mutating func opened(at now: Deadline) { planned = Self.afterOpening.map { now.advanced(by: $0) } }

    /// Announced messages were not there when they were asked for.
    mutating func missed(at now: Deadline) {
        let pause = missing.map { min($0.pause * 2, Self.longestPause) } ?? .seconds(1)
        missing = (now.advanced(by: pause), pause)
    }

    /// All that was announced is known.
    mutating func caughtUp() { missing = nil }

    /// When the next look is due.
    var due: Deadline? { [planned.first, missing?.due].compactMap { $0 }.min() }

    /// Whether it is time for one; that one is done then.
    mutating func take(at now: Deadline) -> Bool {
        if let first = planned.first, first <= now {
            planned.removeFirst()
            return true
        }
        guard let due = missing?.due, due <= now else { return false }
        // Half a minute without it: whatever the server meant, it is not here. (A pause of 32 s has 31 before it.)
        if let pause = missing?.pause, pause >= Self.longestPause { missing = nil } else { missed(at: now) }
        return true
    }

    static func == (left: Gaps, right: Gaps) -> Bool {
        left.planned == right.planned && left.missing?.due == right.missing?.due
    }
}
