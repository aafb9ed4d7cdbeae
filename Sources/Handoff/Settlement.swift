import Ledger
import Messages

/// Tells the daemon what became of a password, and again for a while where it cannot take it at once: it restarts, or the mailbox is
/// away. The same word twice does no harm.
package struct Settlement {
    let id: String
    let outcome: Outcome
    let path: String

    package init(id: String, outcome: Outcome, path: String) {
        (self.id, self.outcome, self.path) = (id, outcome, path)
    }

    private static let limit = Duration.seconds(15)

    /// - Parameter client: the connection that it was claimed on, where that is known.
    package func run(on client: HandoffClient? = nil) async throws(HandoffClient.Failure) {
        let (id, outcome) = (id, outcome)
        let call = DaemonCall(path: path, limit: Self.limit) { failure in
            if case .handoff(.markFailed) = failure { true } else { failure.isAbsence }
        }
        try await call.run(on: client) { client throws(HandoffClient.Failure) in try await client.settle(id, outcome) }
    }

    /// One line, for people: what happened to the outcome, and what to do.
    package func explanation(of failure: HandoffClient.Failure) -> Text {
        guard case .handoff(.markFailed(let reason)) = failure, outcome == .unused else {
            return owing(failure) ?? failure.explanation
        }
        return Text("the mark on \(id) could not be removed: \(reason); it is in doubt; see: secom-otp status")
    }

    /// What to say where the daemon knows the outcome, and its mark alone is owed; nil where it failed in another way.
    package func owing(_ failure: HandoffClient.Failure) -> Text? {
        guard case .handoff(.markFailed(let reason)) = failure else { return nil }
        return Text(
            "\(id) is \(outcome.rawValue), but its mail could not be marked yet: \(reason); the daemon keeps trying")
    }
}
