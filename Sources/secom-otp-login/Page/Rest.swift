/// Whether what a page says is its last word. Pure.
///
/// A page is read again and again while it loads and while its scripts work on it. What can be acted on must be read twice in a
/// row from a page that is all there. That a page is one that nobody knows is said only after it has been at rest for a while.
struct Rest: Sendable {
    let rest: Duration
    private var last: Reading?
    private var unchangedSince: Duration?

    init(rest: Duration) { self.rest = rest }

    /// What the page says, once it is its last word; nil: look again.
    ///
    /// - Parameters:
    ///   - isBusy: something of it is still loading.
    ///   - hasAnswered: another document or other text is there than before something was pressed.
    ///   - now: since any beginning.
    mutating func looked(_ reading: Reading, isBusy: Bool, hasAnswered: Bool, now: Duration) -> Reading? {
        defer { last = reading }
        if case .failed = reading { return reading }
        if isBusy || reading != last { unchangedSince = nil }
        guard !isBusy, hasAnswered else { return nil }
        let since = unchangedSince ?? now
        unchangedSince = since
        switch reading {
        case .fits, .taken, .refused: return reading == last ? reading : nil
        case .unknown, .closed, .failed: return now - since >= rest ? reading : nil
        }
    }
}
