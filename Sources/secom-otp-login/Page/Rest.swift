/// Whether what a page says is its last word. Pure.
///
/// A page is read again and again while it loads and while its scripts work on it. What can be acted on must be read twice in a
/// row from a page that is all there, or for a while where its scripts still fetch something. That a page is one that nobody knows
/// is said only after it has been at rest for that while.
struct Rest: Sendable {
    let rest: Duration
    private var last: Reading?
    private var unchangedSince: Duration?

    init(rest: Duration) { self.rest = rest }

    /// What the page says, once it is its last word; nil: look again.
    ///
    /// - Parameters:
    ///   - isLoading: a document of it is not all there.
    ///   - isFetching: its scripts, or what it embeds, have asked for more.
    ///   - hasAnswered: another document or other text is there than before something was pressed.
    ///   - now: since any beginning.
    mutating func looked(_ reading: Reading, isLoading: Bool, isFetching: Bool, hasAnswered: Bool, now: Duration)
        -> Reading?
    {
        defer { last = reading }
        if case .failed = reading { return reading }
        if isLoading || reading != last { unchangedSince = nil }
        guard !isLoading, hasAnswered else { return nil }
        let since = unchangedSince ?? now
        unchangedSince = since
        switch reading {
        case .fits, .taken, .refused: return reading == last && (!isFetching || now - since >= rest) ? reading : nil
        case .unknown, .closed, .failed: return !isFetching && now - since >= rest ? reading : nil
        }
    }
}
