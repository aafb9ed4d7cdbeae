import Varlink

/// One claim with its wait, over a restart of the daemon: who waits goes on waiting.
package struct Claim: Sendable {
    let path: String
    let request: HandoffClient.Request
    let wait: Duration

    package init(path: String, request: HandoffClient.Request, wait: Duration) {
        (self.path, self.request, self.wait) = (path, request, wait)
    }

    /// How long after its wait it ends at the latest, whatever the daemon does.
    private static let grace = Duration.seconds(5)

    /// The connection that the password was claimed on, and the password. The connection must stay open until it is settled.
    package func run() async throws(HandoffClient.Failure) -> (HandoffClient, JSON.Object) {
        let end = ContinuousClock.now.advanced(by: wait)
        let call = DaemonCall(path: path, limit: wait + Self.grace, insistsUntil: end - .milliseconds(300)) { failure in
            // A daemon that stops answers early.
            if case .handoff(.noPassword) = failure { true } else { false }
        }
        let request = request
        return try await call.run { client throws(HandoffClient.Failure) in
            var request = request
            request.waitSeconds = Self.seconds(until: end)
            return (client, try await client.claim(request))
        }
    }

    private static func seconds(until end: ContinuousClock.Instant) -> Int {
        let left = ContinuousClock.now.duration(to: end).components
        return max(Int(left.seconds) + (left.attoseconds > 0 ? 1 : 0), 0)
    }
}
