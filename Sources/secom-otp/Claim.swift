import Handoff
import Varlink

/// One claim with its wait, across restarts of the daemon: it keeps waiting.
struct Claim {
    let path: String
    let request: HandoffClient.Request
    let wait: Duration
    /// When the wait is over.
    let end: ContinuousClock.Instant

    /// How long after its wait it ends at the latest, whatever the daemon does.
    private static let grace = Duration.seconds(5)
    /// What it takes to say why it got nothing, at most.
    private static let explaining = Duration.seconds(3)

    /// The wait begins now.
    init(path: String, request: HandoffClient.Request, wait: Duration) {
        (self.path, self.request, self.wait) = (path, request, wait)
        end = .now.advanced(by: wait)
    }

    /// The connection that the password was claimed on, and the password. The connection must stay open until it is settled.
    func run() async throws(HandoffClient.Failure) -> (HandoffClient, JSON.Object) {
        let call = DaemonCall(path: path, limit: wait + Self.grace, insistsUntil: end - .milliseconds(300)) { failure in
            // A daemon that stops answers early.
            if case .handoff(.noPassword) = failure { true } else { false }
        }
        let (request, end) = (request, end)
        return try await call.run { client throws(HandoffClient.Failure) in
            var request = request
            request.waitSeconds = Self.seconds(until: end)
            return (client, try await client.claim(request))
        }
    }

    /// How long there is to say why it got nothing.
    var timeToExplain: Duration { min(ContinuousClock.now.duration(to: end) + Self.grace, Self.explaining) }

    private static func seconds(until end: ContinuousClock.Instant) -> Int {
        let left = ContinuousClock.now.duration(to: end).components
        return max(Int(left.seconds) + (left.attoseconds > 0 ? 1 : 0), 0)
    }
}
