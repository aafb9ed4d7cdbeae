public import Ledger
public import ProcessRuntime
import Varlink

/// Delivers each new password to a worker's socket (`org.secom-otpd.Worker`), as it arrives.
///
/// The worker need not run in between: systemd starts it when somebody connects. So there is a connection only when there is a
/// password, and the password is claimed only when there is a connection: while the worker cannot be reached, it stays
/// available to whoever claims it.
public struct WorkerPush: Sendable {
    private let path: String
    private let custodian: Custodian
    private let executor: EventLoopExecutor
    private let log: @Sendable (Report) -> Void

    /// Deliveries under way at the most; a login takes its time.
    private static let concurrency = 16

    /// What happened to deliveries, for the log.
    public enum Report: Equatable, Sendable {
        case unreachable(reason: String)
        case reachable
        case delivered(PasswordID, Outcome)
        /// The connection broke before the worker said what became of it.
        case broken(PasswordID, reason: String)
    }

    /// - Parameters:
    ///   - path: the worker's socket.
    ///   - executor: on whose event loop the socket's work is done.
    public init(
        path: String, custodian: Custodian, executor: EventLoopExecutor, log: @escaping @Sendable (Report) -> Void
    ) {
        self.path = path
        self.custodian = custodian
        self.executor = executor
        self.log = log
    }

    /// Until the task is cancelled.
    public func run() async {
        var backoff = Backoff()
        var lastReason: String?
        var connection: UInt64 = 0
        // Each is delivered once: what the worker gave back is for whoever claims it.
        var filter = ClaimFilter()
        await withTaskGroup(of: Void.self) { deliveries in
            var underWay = 0
            while true {
                if underWay == Self.concurrency {
                    await deliveries.next()
                    underWay -= 1
                }
                guard await custodian.awaitAvailable(filter) else { return }
                do {
                    let worker = try await VarlinkClient(connectingTo: path, on: executor.eventLoop)
                    // Above all numbers that the socket's server gives to its connections.
                    connection += 1
                    let number = UInt64.max - connection
                    let claimed = try await custodian.claim(filter, waiting: .zero, connection: number)
                    if filter.excluded.count > 10_000 { filter.excluded.removeAll() }
                    filter.excluded.insert(claimed.password.id)
                    if lastReason != nil { log(.reachable) }
                    lastReason = nil
                    backoff = Backoff()
                    underWay += 1
                    deliveries.addTask { await deliver(claimed, to: worker, connection: number) }
                } catch {
                    // Somebody else was quicker.
                    if error as? ClaimError == .noPassword { continue }
                    let reason = (error as? VarlinkClientError)?.description ?? "\(error)"
                    if reason != lastReason { log(.unreachable(reason: reason)) }
                    lastReason = reason
                    try? await executor.sleep(for: backoff.next())
                }
            }
        }
    }

    private func deliver(_ claimed: ClaimedPassword, to worker: VarlinkClient, connection: UInt64) async {
        let id = claimed.password.id
        do {
            let reply = try await worker.call(
                "org.secom-otpd.Worker.Deliver", ["oneTimePassword": claimed.password.json])
            guard let outcome = reply["outcome"]?.string.flatMap(Outcome.init(rawValue:)) else {
                throw VarlinkClientError.breach("Deliver answered without an outcome")
            }
            try? await custodian.settle(id.description, outcome)
            log(.delivered(id, outcome))
        } catch {
            guard !Task.isCancelled else { return }
            await custodian.connectionEnded(connection)
            log(.broken(id, reason: (error as? VarlinkClientError)?.description ?? "\(error)"))
        }
    }

    /// From 1 s, doubled, to 30 s.
    private struct Backoff {
        private var seconds = 1.0
        mutating func next() -> Duration {
            defer { seconds = min(seconds * 2, 30) }
            return .seconds(seconds)
        }
    }
}
