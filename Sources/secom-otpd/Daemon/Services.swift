import Ledger
import ProcessRuntime
import ServiceLifecycle
import Varlink

/// A service that is one function and stops by cancellation.
///
/// `cancelWhenGracefulShutdown` does the same by tasks that name no executor, and so do `gracefulShutdown` and a limit for the
/// cancellation: they would begin Swift's own pool. Of ServiceLifecycle nothing else makes a task that has no parent.
struct Running: Service {
    private let executor: EventLoopExecutor
    private let body: @Sendable () async -> Void

    init(_ executor: EventLoopExecutor, _ body: @escaping @Sendable () async -> Void) {
        (self.executor, self.body) = (executor, body)
    }

    func run() async {
        let task = Task(executorPreference: executor) { [body] in await body() }
        await withTaskCancellationOrGracefulShutdownHandler {
            await task.value
        } onCancelOrGracefulShutdown: {
            task.cancel()
        }
    }
}

/// The socket as a service: when it stops, waiting clients get an answer before the connections close.
struct Serving: Service {
    let server: VarlinkServer
    let custodian: Custodian
    let check: DaemonCheck
    let journal: Journal
    let notification: ServiceNotification
    let executor: EventLoopExecutor

    func run() async {
        await withGracefulShutdownHandler {
            await server.run()
        } onGracefulShutdown: {
            notification.stopping()
            journal.stopping()
            check.stop()
            Task(executorPreference: executor) {
                await custodian.stop()
                server.stop()
            }
        }
    }
}
