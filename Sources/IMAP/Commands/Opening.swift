import Messages

/// How a session is established on one of a server's addresses: the first that has more to offer than a connection.
extension Session {
    /// After this long no further address is begun with: the rest has its turn at the next attempt, before those that failed in this one.
    private static let openingTimeout: Duration = .seconds(60)

    /// Connects, protects, reads the greeting. An address that takes the connection and is of no use then, a broken tunnel's or a
    /// dead backend's, is left for the next one at once, and tried last from then on.
    ///
    /// - Parameter patience: how long the last address may take to be connected to, and again to protect the connection.
    static func open(
        _ endpoint: Endpoint, _ addresses: inout ServerAddresses, keywords: [String] = [], stop: EventDescriptor,
        patience: Duration = commandTimeout, heard: ((HeardText) -> Void)? = nil
    ) throws(IMAPError) -> Session {
        let end = Deadline.after(openingTimeout)
        var untried = try addresses.candidates(of: endpoint, stop: stop, until: .after(commandTimeout))
        var failure: IMAPError?
        while true {
            let deadline = Deadline.after(commandTimeout)
            let doubtful = untried.filter(\.isDoubtful).map(\.address)
            let socket: (descriptor: Int32, address: SocketAddress)
            do throws(IMAPError) {
                socket = try TCPConnect.race(untried, of: endpoint, stop: stop, until: .after(patience))
            } catch {
                // What an address did that can be reached says more than that another cannot.
                throw error == .cancelled ? error : failure ?? error
            }
            untried.removeAll { $0.address == socket.address }
            let connection = Connection(socket.descriptor, at: socket.address, of: endpoint, stop: stop)
            connection.handshakeTimeout = untried.isEmpty ? patience : greetingTimeout
            do throws(IMAPError) {
                // One that did not greet in time may only be slow to.
                let isSlow = untried.isEmpty && doubtful.contains(socket.address)
                let session = try Session(
                    protecting: connection, keywords, greeting: isSlow ? patience : greetingTimeout, until: deadline,
                    heard)
                addresses.opened(socket.address)
                return session
            } catch {
                if error.speaksAgainstAddress { addresses.failed(socket.address) }
                guard error.mayBeOfOneAddress, !untried.isEmpty, !end.hasPassed else { throw error }
                failure = error
            }
        }
    }

    /// With implicit TLS the handshake is done first.
    private convenience init(
        protecting connection: Connection, _ keywords: [String], greeting: Duration, until deadline: Deadline,
        _ heard: ((HeardText) -> Void)?
    ) throws(IMAPError) {
        let endpoint = connection.endpoint
        if endpoint.protection == .off, !connection.isLoopback {
            throw .connection(
                host: endpoint.host, port: endpoint.port,
                reason: Text("a connection without TLS is allowed only to this machine"))
        }
        if endpoint.protection == .implicit { try connection.startTLS(until: deadline) }
        try self.init(over: connection, keywords: keywords, greeting: greeting, until: deadline, heard: heard)
    }
}
