/// When to reconnect after a session has ended. A pure value, one per mailbox.
///
/// From 1 s, doubled each time, to 45 s, so that a mailbox is back within a minute of its server, after any length of
/// outage, and within seconds while somebody waits; spread by a quarter, so that a hundred mailboxes don't come back in one moment. After a refused login, ``LoginPolicy`` decides.
struct ReconnectPolicy: Equatable, Sendable {
    private(set) var failures = 0
    private var login = LoginPolicy()

    /// A session that ends sooner has not shown that the server is well again.
    private static let steady: Duration = .seconds(10)

    func hasWorked(_ fingerprint: Int) -> Bool { login.hasWorked(fingerprint) }
    mutating func accepted(_ fingerprint: Int) { login.accepted(fingerprint) }

    /// A session has come up, and watched the mailbox for this long. A server that drops each session as soon as it is established
    /// gets no login a second for it.
    mutating func watched(for duration: Duration) {
        guard duration >= Self.steady else { return }
        failures = 0
        login.wasSteady()
    }

    /// A session failed or ended. `jitter` is a random number from 0 to 1.
    mutating func failed(_ error: IMAPError, jitter: Double) -> Retry {
        let spread = min(max(jitter, 0), 1)
        if let refusal = error.loginRefusal { return login.refused(refusal, spread: spread) }
        failures = min(failures + 1, 16)
        let seconds = min(Double(1 << (failures - 1)), 45)
        let part = 0.75 + spread / 4
        return Retry(
            delay: .seconds(seconds * part), claimInterval: Retry.claimInterval,
            awaitedInterval: error.isBeforeLogin ? Retry.awaitedInterval * part : nil)
    }
}
