import Glibc

/// Runs blocking code on a thread of its own, so that the tests' few shared threads stay free.
func background(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    let failed = pthread_create(
        &thread, nil,
        { argument in
            if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
            return nil
        }, box.toOpaque())
    if failed == 0 {
        pthread_detach(thread)
    } else {
        box.release()
        body()
    }
}

/// The same with a result that is awaited.
func background<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        background { continuation.resume(with: Result { try body() }) }
    }
}
