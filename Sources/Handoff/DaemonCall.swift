import Messages
import ProcessRuntime

/// What a command asks of the daemon, within the command's time: no command outlives that, whatever the daemon does.
///
/// A daemon that restarts or is full is asked again, on a new connection. One that is not there at all is told at once, unless it
/// was there before.
package struct DaemonCall {
    let path: String
    /// From its beginning to its end.
    let limit: Duration
    /// From then on a failure is final. Nil: as long as there is time.
    let insistsUntil: ContinuousClock.Instant?
    /// Of what the daemon says for people to read.
    let language: Language
    /// Whether to ask again after this failure, beside those that pass by themselves.
    let triesAgain: @Sendable (HandoffClient.Failure) -> Bool

    package init(
        path: String, limit: Duration, insistsUntil: ContinuousClock.Instant? = nil, language: Language = .current,
        triesAgain: @escaping @Sendable (HandoffClient.Failure) -> Bool = { _ in false }
    ) {
        (self.path, self.limit, self.insistsUntil) = (path, limit, insistsUntil)
        (self.language, self.triesAgain) = (language, triesAgain)
    }

    private static let pause = Duration.milliseconds(200)
    /// What is left to start, to say why it failed, and to end: on a busy machine that takes its time.
    private static let margin = Duration.seconds(1)

    /// - Parameters:
    ///   - client: the connection to begin on, where there is one.
    ///   - body: is called with a connection until it succeeds, or its failure lasts.
    package func run<Value: Sendable>(
        on client: HandoffClient? = nil,
        _ body: @escaping @Sendable (HandoffClient) async throws(HandoffClient.Failure) -> Value
    ) async throws(HandoffClient.Failure) -> Value {
        let deadline = ContinuousClock.now + limit - Self.margin
        let lastAttempt = min(insistsUntil ?? deadline, deadline)
        var client = client
        var wasThere = client != nil
        var last: HandoffClient.Failure?
        while true {
            do {
                let connection = try await connected(client)
                (client, wasThere) = (connection, true)
                return try await answer(by: deadline, last) { () throws(HandoffClient.Failure) in
                    try await body(connection)
                }
            } catch {
                let isWorthIt = error.passes || triesAgain(error) || error.isAbsence && wasThere
                guard isWorthIt, ContinuousClock.now + Self.pause < lastAttempt else { throw error }
                last = error
                // Where the daemon has answered, its connection serves again.
                if case .handoff = error {} else { client = nil }
            }
            try? await EventLoopExecutor.shared.sleep(for: Self.pause)
        }
    }

    /// A connect(2) to a Unix socket succeeds or fails at once.
    private func connected(_ client: HandoffClient?) async throws(HandoffClient.Failure) -> HandoffClient {
        if let client { return client }
        do { return try await HandoffClient(connectingTo: path, on: .shared, language: language) } catch {
            throw .client(error)
        }
    }

    private func answer<Value: Sendable>(
        by deadline: ContinuousClock.Instant, _ last: HandoffClient.Failure?,
        _ body: @escaping @Sendable () async throws(HandoffClient.Failure) -> Value
    ) async throws(HandoffClient.Failure) -> Value {
        do {
            return try await EventLoopExecutor.shared.run(until: deadline) { try await body() }
        } catch let failure as HandoffClient.Failure {
            throw failure
        } catch {
            // What it has said before counts for more than that it says nothing now.
            if case .handoff(.markFailed)? = last, let last { throw last }
            throw .noAnswer(within: limit)
        }
    }
}
