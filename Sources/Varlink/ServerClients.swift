import NIOCore

/// The connections of one server, and its end. Lives on the server's event loop.
final class ServerClients {
    private let service: VarlinkService
    private let limits: VarlinkLimits
    private let executor: (any TaskExecutor)?
    private let over: EventLoopPromise<Void>
    private var admission: Admission
    private var connections: [ConnectionID: ServerConnection] = [:]
    /// Those for whom there is no room and who get told so, the oldest first.
    private var refused: [ServerConnection] = []
    private var count: UInt64 = 0
    private var isStopping = false

    /// Of these the oldest is hung up on for the next: it has had its time to ask.
    private static let refusedAtOnce = 64

    init(
        service: VarlinkService, limits: VarlinkLimits, executor: (any TaskExecutor)?, over: EventLoopPromise<Void>
    ) {
        (self.service, self.limits, self.executor, self.over) = (service, limits, executor, over)
        admission = Admission(limits)
    }

    /// Who serves a new connection. Nil where it must be closed at once, since the server stops.
    func admit(_ credentials: PeerCredentials) -> ServerConnection? {
        guard !isStopping else { return nil }
        count &+= 1
        let id = ConnectionID(number: count)
        let refusal: VarlinkError?
        switch admission.arrived(id, of: credentials.user, holdsSomething: service.holdsSomething) {
        case .admitted: refusal = nil
        case .inPlaceOf(let silent):
            connections[silent]?.close()
            refusal = nil
        case .refused(let bound): refusal = limits.exceeded(bound)
        }
        let connection = ServerConnection(
            id: id, credentials: credentials, service: service, limits: limits, executor: executor, refusal: refusal,
            clients: self)
        if refusal == nil {
            connections[id] = connection
        } else {
            if refused.count >= Self.refusedAtOnce { refused.removeFirst().close() }
            refused.append(connection)
        }
        return connection
    }

    /// Whether a call of this connection is under way now.
    func isBusy(_ id: ConnectionID, _ isBusy: Bool) { admission.isBusy(id, isBusy) }

    /// It has closed and its last call is over: only now may another have its place, or the calls of those who hang up at once
    /// would pile up.
    func forget(_ id: ConnectionID) {
        admission.left(id)
        connections[id] = nil
        refused.removeAll { $0.id == id }
        endIfNobodyIsLeft()
    }

    /// Lets each connection finish its current call, and ends in any case once the time for that is over.
    func stop(on eventLoop: any EventLoop) {
        guard !isStopping else { return }
        isStopping = true
        for connection in Array(connections.values) + refused { connection.stop() }
        endIfNobodyIsLeft()
        let clients = NIOLoopBound(self, eventLoop: eventLoop)
        let deadline = eventLoop.scheduleTask(in: TimeAmount(limits.stopTimeout)) { clients.value.giveUp() }
        over.futureResult.whenComplete { _ in deadline.cancel() }
    }

    private func giveUp() {
        for connection in Array(connections.values) + refused { connection.close() }
        over.succeed()
    }

    private func endIfNobodyIsLeft() {
        if isStopping, connections.isEmpty, refused.isEmpty { over.succeed() }
    }
}
