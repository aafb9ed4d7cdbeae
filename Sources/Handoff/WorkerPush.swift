import FoundationEssentials
public import Ledger
import Messages
public import ProcessRuntime
import Varlink

/// Delivers each new password to a worker's socket (`org.secom-otpd.Worker`), as it arrives.
///
/// The worker does not have to run in between: systemd starts it on a connection. So a connection is made only for a password that
/// has already been claimed. Where the worker cannot be reached the password goes back; from then on, until the worker is
/// there again, it is claimed only once a connection is established: so it stays available to whoever claims it.
public struct WorkerPush: Sendable {
    private let path: String
    private let deliveryTimeout: Duration
    private let custodian: Custodian
    private let executor: EventLoopExecutor
    private let log: @Sendable (Report) -> Void

    /// Deliveries under way at most; a login takes its time.
    private static let concurrency = 16

    /// What happened to deliveries, for the log.
    public enum Report: Equatable, Sendable {
        case unreachable(reason: String)
        case reachable
        case delivered(PasswordID, Outcome)
        /// The connection broke before the worker said what became of it.
        case broken(PasswordID, reason: String)
        /// The worker has said nothing for this long: its place is free, and the password in doubt.
        case giveUp(PasswordID, after: Duration)
    }

    /// - Parameters:
    ///   - path: the worker's socket.
    ///   - deliveryTimeout: how long a password may go unanswered, and never beyond its expiry.
    ///   - executor: on whose event loop the socket's work is done.
    public init(
        path: String, deliveryTimeout: Duration, custodian: Custodian, executor: EventLoopExecutor,
        log: @escaping @Sendable (Report) -> Void
    ) {
        self.path = path
        self.deliveryTimeout = deliveryTimeout
        self.custodian = custodian
        self.executor = executor
        self.log = log
    }

    /// A password that is claimed for the worker, and the connection to it.
    private struct Delivery: Sendable {
        let claimed: ClaimedPassword
        let worker: VarlinkClient
        /// The claim's, for the custodian. Above all numbers that the socket's server gives to its connections.
        let number: UInt64
    }

    private enum Attempt {
        case ready(Delivery)
        /// Somebody else was quicker, or the claim could not be marked now.
        case notClaimed
        case unreachable(reason: String)
    }

    /// Until the task is cancelled.
    public func run() async {
        var worker = Reachability()
        // Claims that fail though something is available must not follow on one another at once.
        var claimBackoff = Backoff(from: .milliseconds(50))
        var connections: UInt64 = 0
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
                connections += 1
                let pause: Duration
                switch await attempt(filter, isReachable: worker.isReachable, number: UInt64.max - connections) {
                case .ready(let delivery):
                    if filter.excluded.count > 10_000 { filter.excluded.removeAll() }
                    filter.excluded.insert(delivery.claimed.password.id)
                    if worker.isThere() { log(.reachable) }
                    claimBackoff.reset()
                    underWay += 1
                    deliveries.addTask { await deliver(delivery) }
                    continue
                case .notClaimed: pause = claimBackoff.next()
                case .unreachable(let reason):
                    if worker.isAway(reason) { log(.unreachable(reason: reason)) }
                    pause = worker.backoff.next()
                }
                do { try await executor.sleep(for: pause) } catch { return }
            }
        }
    }

    private func attempt(_ filter: ClaimFilter, isReachable: Bool, number: UInt64) async -> Attempt {
        var worker: VarlinkClient?
        if !isReachable {
            do { worker = try await connect() } catch { return .unreachable(reason: error.description) }
        }
        let claimed: ClaimedPassword
        do { claimed = try await custodian.claim(filter, waiting: .zero, connection: number) } catch {
            return .notClaimed
        }
        do {
            let worker = if let worker { worker } else { try await connect() }
            return .ready(Delivery(claimed: claimed, worker: worker, number: number))
        } catch {
            await custodian.undelivered(claimed)
            return .unreachable(reason: error.description)
        }
    }

    private func connect() async throws(VarlinkClientError) -> VarlinkClient {
        try await VarlinkClient(connectingTo: path, on: executor.eventLoop)
    }

    private func deliver(_ delivery: Delivery) async {
        let password = delivery.claimed.password
        let id = password.id
        let patience = min(deliveryTimeout, .seconds(max(password.expiresAt.timeIntervalSinceNow, 0)))
        do {
            let reply = try await executor.run(until: .now + patience) {
                try await delivery.worker.call(
                    "org.secom-otpd.Worker.Deliver", ["oneTimePassword": password.json])
            }
            guard let outcome = reply["outcome"]?.string.flatMap(Outcome.init(rawValue:)) else {
                throw VarlinkClientError.breach(Text("Deliver answered without an outcome"))
            }
            try? await custodian.settle(id.description, outcome)
            log(.delivered(id, outcome))
        } catch {
            guard !Task.isCancelled else { return }
            await custodian.connectionEnded(delivery.number)
            if error is DeadlinePassed {
                log(.giveUp(id, after: patience))
            } else {
                log(.broken(id, reason: (error as? VarlinkClientError)?.description ?? "\(error)"))
            }
        }
    }

    /// Whether the worker was there when it was last needed, and when to try again.
    private struct Reachability {
        private var lastReason: String?
        var backoff = Backoff(from: .seconds(1))
        var isReachable: Bool { lastReason == nil }

        /// True where that is news.
        mutating func isThere() -> Bool {
            defer { (lastReason, backoff) = (nil, Backoff(from: .seconds(1))) }
            return lastReason != nil
        }

        /// True where that is news.
        mutating func isAway(_ reason: String) -> Bool {
            defer { lastReason = reason }
            return reason != lastReason
        }
    }

    /// From so much, doubled, to 30 s.
    private struct Backoff {
        private let first: Duration
        private var current: Duration

        init(from first: Duration) { (self.first, current) = (first, first) }

        mutating func next() -> Duration {
            defer { current = min(current * 2, .seconds(30)) }
            return current
        }

        mutating func reset() { current = first }
    }
}
