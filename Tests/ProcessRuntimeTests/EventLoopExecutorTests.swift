import NIOCore
import NIOPosix
import ProcessRuntime
import Synchronization
import Testing

/// An actor that lives on the executor.
private actor Resident {
    private let executor: EventLoopExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ executor: EventLoopExecutor) { self.executor = executor }

    func isOnLoop() async -> Bool {
        let before = executor.eventLoop.inEventLoop
        await Task.yield()
        return before && executor.eventLoop.inEventLoop
    }

    nonisolated func isOnLoopForSure() -> Bool { assumeIsolated { $0.executor.eventLoop.inEventLoop } }
}

/// An actor that lives wherever it is called.
private actor Visitor {
    func isOn(_ eventLoop: any EventLoop) async -> Bool { eventLoop.inEventLoop }
}

@Suite(.timeLimit(.minutes(15))) struct EventLoopExecutorTests {
    private let executor = EventLoopExecutor.shared
    private var loop: any EventLoop { executor.eventLoop }

    @Test func aTaskItsChildrenAndWhatTheyCallRunOnTheLoop() async {
        let task = Task(executorPreference: executor) { [executor, loop] in
            var all = [loop.inEventLoop]
            await Task.yield()
            all.append(loop.inEventLoop)
            async let child = loop.inEventLoop
            all.append(await child)
            await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<3 { group.addTask { loop.inEventLoop } }
                for await isOnLoop in group { all.append(isOnLoop) }
            }
            all.append(await Visitor().isOn(loop))
            all.append(await Resident(executor).isOnLoop())
            all.append(loop.inEventLoop)
            try? await executor.sleep(for: .milliseconds(1))
            all.append(loop.inEventLoop)
            return all
        }
        #expect(await task.value.allSatisfy { $0 })
    }

    @Test func anActorOfItsRunsOnTheLoopWhoeverCalls() async throws {
        let resident = Resident(executor)
        #expect(await resident.isOnLoop())
        #expect(try await loop.submit { resident.isOnLoopForSure() }.get())
    }

    /// A turn of the loop each way would let others in between.
    @Test func fromATaskToAnActorIsNoTurnOfTheLoop() async {
        let resident = Resident(executor)
        let order = Mutex<[String]>([])
        await Task(executorPreference: executor) { [loop] in
            loop.execute { order.withLock { $0.append("next turn") } }
            _ = await resident.note { order.withLock { $0.append("actor") } }
        }.value
        #expect(order.withLock { $0.first } == "actor")
    }

    @Test func sleepingTakesItsTime() async throws {
        let start = ContinuousClock.now
        try await executor.sleep(for: .milliseconds(20))
        #expect(start.duration(to: .now) >= .milliseconds(20))
        try await executor.sleep(for: .seconds(-1))
    }

    @Test(arguments: [false, true]) func whoIsCancelledSleepsNoLonger(atOnce: Bool) async {
        let sleeper = Task(executorPreference: executor) { [executor] in
            try await executor.sleep(for: .seconds(1 << 40))
        }
        if !atOnce { try? await executor.sleep(for: .milliseconds(20)) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    /// One task alone would keep them waiting.
    @Test func socketsHaveTheirTurnWhileTasksGoOnAndOn() async throws {
        // A loop of its own: what other tests do on the shared one may take long, and this takes all of it.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let executor = EventLoopExecutor(group.next())
        let busy = Task(executorPreference: executor) {
            while !Task.isCancelled { await Task.yield() }
        }
        let server = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(server.localAddress)
        for _ in 0..<10 {
            let client = try await ClientBootstrap(group: group).connectTimeout(.minutes(5)).connect(to: address).get()
            try await client.close()
        }
        try await server.close()
        busy.cancel()
        await busy.value
        try await group.shutdownGracefully()
    }
}

extension Resident {
    fileprivate func note(_ body: @Sendable () -> Void) { body() }
}
