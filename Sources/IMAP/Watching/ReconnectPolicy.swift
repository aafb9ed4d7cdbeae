/// When to try again after a session ended. A pure value, one a mailbox.
///
/// From 1 s, doubled each time, to 45 s, so that a mailbox is back within a minute of its server, after any length of
/// outage; spread by a quarter, so that a hundred mailboxes don't come back in one moment. After a refused login 5 minutes
/// and rising to an hour: servers lock accounts that are hammered, and a wrong password seldom mends itself.
struct ReconnectPolicy: Equatable, Sendable {
    private(set) var failures = 0
    private(set) var refusedLogins = 0

    /// A session that ends sooner has not shown that the server is well again.
    private static let steady: Duration = .seconds(10)

    /// A session has come up, and watched the mailbox for this long. A server that drops each session as soon as it stands
    /// gets no login a second for it.
    mutating func watched(for duration: Duration) {
        refusedLogins = 0
        if duration >= Self.steady { failures = 0 }
    }

    /// A session failed or ended. `jitter` is a random number from 0 to 1. Returns the time to wait.
    mutating func failed(_ error: IMAPError, jitter: Double) -> Duration {
        let spread = min(max(jitter, 0), 1)
        if case .loginRefused = error {
            refusedLogins = min(refusedLogins + 1, 10)
            let minutes = min(5 << (refusedLogins - 1), 60)
            return .seconds(Double(minutes * 60) * (1 + spread / 20))
        }
        failures = min(failures + 1, 16)
        let seconds = min(Double(1 << (failures - 1)), 45)
        return .seconds(seconds * (0.75 + spread / 4))
    }
}
