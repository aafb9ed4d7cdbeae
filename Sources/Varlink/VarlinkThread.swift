import CSwiftConcurrency
import NIOCore
import NIOPosix

/// The one thread on which every server and client of this process does its socket work. It sleeps while nothing happens.
public enum VarlinkThread {
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    static let eventLoop: any EventLoop = group.next()

    /// Runs all of this process's tasks and actors on this thread too, from their first step on. To be called once, before any
    /// task is made, by a program none of whose tasks ever blocks.
    ///
    /// A call that comes in is answered without a change of threads then, and the runtime's pool is never begun: on Linux,
    /// libdispatch looks after it once a second for as long as the process lives.
    public static func runTasks() {
        swift_concurrency_take_over(
            { VarlinkThread.run($0, after: nil) }, { VarlinkThread.run($0, after: .nanoseconds($1)) })
    }

    /// Waits by this thread's timers. `Task.sleep` goes to libdispatch whatever runs the tasks (Swift 6.3), and keeps what it takes
    /// until its time also after a cancellation.
    ///
    /// - Throws: `CancellationError`, at once when the task is cancelled.
    public static func sleep(for duration: Duration) async throws {
        let alarm = eventLoop.scheduleTask(in: TimeAmount(duration)) {}
        await withTaskCancellationHandler {
            _ = try? await alarm.futureResult.get()
        } onCancel: {
            alarm.cancel()
        }
        try Task.checkCancellation()
    }

    private static func run(_ pointer: UnsafeMutableRawPointer?, after delay: TimeAmount?) {
        guard let pointer else { return }
        // A job is a pointer to the runtime's object, and nothing else.
        let job = unsafeBitCast(pointer, to: UnownedJob.self)
        if let delay {
            _ = eventLoop.scheduleTask(in: delay) { eventLoop.executor.enqueue(ExecutorJob(job)) }
        } else {
            eventLoop.executor.enqueue(ExecutorJob(job))
        }
    }
}
