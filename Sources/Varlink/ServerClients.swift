import NIOCore

/// The connections of one server, and its end. Lives on the server's event loop.
final class ServerClients {
    private let service: VarlinkService
    private let limits: VarlinkLimits
    private let executor: (any TaskExecutor)?
    private let over: EventLoopPromise<Void>
    private var connections: [ConnectionID: ServerConnection] = [:]
    /// Connections that are one too many and get told so.
    private var refused: [ConnectionID: ServerConnection] = [:]
    private var count: UInt64 = 0
    private var isStopping = false

    init(
        service: VarlinkService, limits: VarlinkLimits, executor: (any TaskExecutor)?, over: EventLoopPromise<Void>
    ) {
        (self.service, self.limits, self.executor, self.over) = (service, limits, executor, over)
    }

    /// Who serves a new connection. Nil where it must be closed at once: past twice the number of connections there is
    /// nobody who would even tell it that it is one too many.
    func admit() -> ServerConnection? {
        let isOneTooMany = connections.count >= limits.connections
        guard !isStopping, !isOneTooMany || refused.count < limits.connections else { return nil }
        count &+= 1
        let id = ConnectionID(number: count)
        let connection = ServerConnection(
            id: id, service: service, limits: limits, executor: executor, refusal: isOneTooMany ? limits.exceeded : nil
        ) { [weak self] in self?.forget(id) }
        if isOneTooMany { refused[id] = connection } else { connections[id] = connection }
        return connection
    }

    private func forget(_ id: ConnectionID) {
        connections[id] = nil
        refused[id] = nil
        endIfNobodyIsLeft()
    }

    /// Lets each connection finish its current call, and ends in any case once the time for that is over.
    func stop(on eventLoop: any EventLoop) {
        guard !isStopping else { return }
        isStopping = true
        for connection in Array(connections.values) + Array(refused.values) { connection.stop() }
        endIfNobodyIsLeft()
        let clients = NIOLoopBound(self, eventLoop: eventLoop)
        let deadline = eventLoop.scheduleTask(in: TimeAmount(limits.stopTimeout)) { clients.value.giveUp() }
        over.futureResult.whenComplete { _ in deadline.cancel() }
    }

    private func giveUp() {
        for connection in Array(connections.values) + Array(refused.values) { connection.close() }
        over.succeed()
    }

    private func endIfNobodyIsLeft() {
        if isStopping, connections.isEmpty, refused.isEmpty { over.succeed() }
    }
}
