import NIOConcurrencyHelpers
public import NIOCore
import NIOPosix

/// An event loop as the place where tasks and actors run (SE-0417, SE-0392), beside the sockets that it serves.
///
/// A task that names it, `Task(executorPreference:)`, runs there with all its children and the plain actors that it calls; an
/// actor whose `unownedExecutor` it is runs nowhere else. From such a task to such an actor it is a call without a change of
/// threads or a turn of the loop. A process all of whose tasks run here sleeps while nothing happens: Swift's own pool, which
/// one task without an executor begins, and so does `Task.sleep`, is looked after by libdispatch once a second permanently
/// (Swift 6.3 on Linux).
///
/// What runs here never blocks. It may go on indefinitely: NIO runs what is ready until nothing is, and polls its sockets only
/// then, but after so many jobs the executor has it look at them first.
public final class EventLoopExecutor: TaskExecutor, SerialExecutor {
    /// Where the tasks and actors run.
    public let eventLoop: any EventLoop

    /// The loop must live as long as any task or actor of the executor.
    public init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    /// The process's own, on a thread that is begun at the first use and lives as long as the process.
    public static let shared = EventLoopExecutor(group.next())

    /// Jobs that run without looking at the sockets: a few milliseconds' worth.
    private static let jobsInATurn = 512
    /// Long enough for the loop to find nothing ready, and so to look at its sockets.
    private static let pause = TimeAmount.microseconds(50)

    private struct Queue {
        var jobs = CircularBuffer<UnownedJob>()
        /// Whether the loop has been told of them.
        var isTold = false
    }
    /// After a lock that ThreadSanitizer knows, as it does not that of Synchronization.
    private let queue = NIOLockedValueBox(Queue())

    /// What Swift asks of an executor. May be called from any thread.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFirst = queue.withLockedValue { queue in
            queue.jobs.append(job)
            defer { queue.isTold = true }
            return !queue.isTold
        }
        if isFirst { eventLoop.execute { [self] in runJobs() } }
    }

    private func runJobs() {
        for _ in 0..<Self.jobsInATurn {
            guard let job = nextJob() else { return }
            // As both: who comes from a task of this executor is on its actors' executor already.
            job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
        _ = eventLoop.scheduleTask(in: Self.pause) { [self] in runJobs() }
    }

    private func nextJob() -> UnownedJob? {
        queue.withLockedValue { queue in
            queue.isTold = !queue.jobs.isEmpty
            return queue.jobs.popFirst()
        }
    }

    /// For `assumeIsolated` and its like, where the caller is no job of this executor's: whether it is on the loop.
    public func checkIsolated() { eventLoop.preconditionInEventLoop() }

    /// Waits, by a timer of the loop's.
    ///
    /// - Throws: `CancellationError`, at once when the task is cancelled; the timer is gone by then.
    public func sleep(for duration: Duration) async throws {
        let timer = eventLoop.scheduleTask(in: TimeAmount(duration)) {}
        await withTaskCancellationHandler {
            _ = try? await timer.futureResult.get()
        } onCancel: {
            timer.cancel()
        }
        try Task.checkCancellation()
    }
}
