/// Decides when a page has reached its final state. Pure.
///
/// A page is read again and again while it loads and while its scripts change it. A result that can be acted on must be read twice in a
/// row from a complete page, or for the time `rest` while its scripts are still fetching something. That the recipe does not match a
/// page is reported only after the page has been at rest for that time.
struct Rest: Sendable {
    let rest: Duration
    private var last: Reading?
    private var unchangedSince: Duration?

    init(rest: Duration) { self.rest = rest }

    /// What the page says, once that is final; nil: read it again.
    ///
    /// - Parameters:
    ///   - isLoading: one of its documents is not complete.
    ///   - isFetching: its scripts or embedded content are loading something.
    ///   - hasAnswered: the document or its text differs from what was there before something was pressed.
    ///   - now: the time since any fixed moment.
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
