import Glibc
import Synchronization

/// SIGTERM, SIGINT and SIGHUP, as a stream: the main thread waits for them, and does nothing else. sigwait(3)
struct Signals {
    private static let numbers = [SIGTERM, SIGINT, SIGHUP]
    private static let continuation = Mutex<AsyncStream<Int32>.Continuation?>(nil)

    private var set: sigset_t

    /// No thread that is made from now on takes them.
    static func block() -> Signals {
        var set = sigset_t()
        sigemptyset(&set)
        for number in numbers { sigaddset(&set, number) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        return Signals(set: set)
    }

    /// From now on they come here. Until then, and in commands that never call this, they end the process as they always do.
    static func handled() -> AsyncStream<Int32> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        Self.continuation.withLock { $0 = continuation }
        return stream
    }

    func deliver() -> Never {
        while true {
            var (set, number) = (set, Int32())
            guard sigwait(&set, &number) == 0 else { continue }
            if let continuation = Self.continuation.withLock({ $0 }) {
                continuation.yield(number)
            } else {
                sigemptyset(&set)
                sigaddset(&set, number)
                signal(number, SIG_DFL)
                kill(getpid(), number)
                pthread_sigmask(SIG_UNBLOCK, &set, nil)
            }
        }
    }
}
