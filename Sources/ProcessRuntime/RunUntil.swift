/// Something was not done in time.
public struct DeadlinePassed: Error, Equatable, Sendable {}

extension EventLoopExecutor {
    /// Runs the body, and cancels it at the deadline. Returns when it has ended, so it must heed that.
    ///
    /// - Throws: what the body throws; ``DeadlinePassed`` where the deadline came first.
    public func run<Value: Sendable>(
        until deadline: ContinuousClock.Instant, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await self.sleep(for: ContinuousClock.now.duration(to: deadline))
                return nil
            }
            // The timer is given back, whoever was first.
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else { throw DeadlinePassed() }
            return value
        }
    }
}
