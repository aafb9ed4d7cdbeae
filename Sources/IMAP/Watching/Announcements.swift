/// When to look for mail that was announced. A pure value.
///
/// At once, unless the last look found nothing new: some servers announce in each answer what is not there, and each look would bring on
/// the next one.
struct Announcements: Equatable, Sendable {
    private var due: Deadline?
    private var pause = Duration.zero

    private static let firstPause: Duration = .milliseconds(250)
    private static let longestPause: Duration = .seconds(8)

    mutating func looked(found: Bool, at now: Deadline) {
        pause = found ? .zero : min(max(pause * 2, Self.firstPause), Self.longestPause)
        due = found ? nil : now.advanced(by: pause)
    }

    /// When the next look is due; nil: at once.
    var nextLook: Deadline? { due }
    func mayLook(at now: Deadline) -> Bool { due.map { $0 <= now } ?? true }
}
