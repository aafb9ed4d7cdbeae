import CLinux
import Glibc
import Messages
import NIOConcurrencyHelpers

/// A thread for blocking work, next to the event loop.
public enum OwnThread {
    /// For what only writes.
    private static let smallStack = 128 * 1024
    /// As a process's first thread has it: what is read may be nested deeply. Only what is used of it is memory.
    fileprivate static let largeStack = 8 * 1024 * 1024

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void
        init(_ name: String, _ run: @escaping @Sendable () -> Void) { (self.name, self.run) = (name, run) }
    }

    /// False when the system has no thread left.
    ///
    /// - Parameter name: what top and gdb have for it, of at most 15 bytes.
    public static func start(_ name: String, _ run: @escaping @Sendable () -> Void) -> Bool {
        start(name, stackSize: smallStack, run)
    }

    fileprivate static func start(_ name: String, stackSize: Int, _ run: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let body = Unmanaged.passRetained(Body(name, run))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, &attributes,
            { context in
                guard let context else { return nil }
                let body = Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
                linux_name_thread(body.name)
                body.run()
                return nil
            }, body.toOpaque())
        if result != 0 { body.release() }
        return result == 0
    }
}

/// Why work outside the event loop was not done.
public enum NotDone: Error, Equatable, Sendable, TextConvertible {
    case cancelled, noThread
    /// For people.
    public var text: Text {
        switch self {
        case .cancelled: Text("cancelled")
        case .noThread: Text("the system cannot create another thread")
        }
    }
}

/// Does what blocks (files, the databases of users and groups) on its own thread, and waits for it without blocking.
///
/// - Parameter name: of the thread, at most 15 bytes.
/// - Throws: ``NotDone``. When the task is cancelled it is not waited for any longer, and goes on for nobody.
public func beside<Value: Sendable>(_ name: String, _ body: @escaping @Sendable () -> Value) async throws(NotDone)
    -> Value
{
    typealias Waiter = CheckedContinuation<Result<Value, NotDone>, Never>
    let waiter = NIOLockedValueBox<Waiter?>(nil)
    @Sendable func answer(_ result: Result<Value, NotDone>) {
        let waiter = waiter.withLockedValue { waiter in
            defer { waiter = nil }
            return waiter
        }
        waiter?.resume(returning: result)
    }
    let result = await withTaskCancellationHandler {
        await withCheckedContinuation { (continuation: Waiter) in
            waiter.withLockedValue { $0 = continuation }
            if !OwnThread.start(name, stackSize: OwnThread.largeStack, { answer(.success(body())) }) {
                answer(.failure(.noThread))
            }
            if Task.isCancelled { answer(.failure(.cancelled)) }
        }
    } onCancel: {
        answer(.failure(.cancelled))
    }
    return try result.get()
}
