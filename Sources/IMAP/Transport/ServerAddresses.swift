import Messages

/// What a mailbox's thread knows about its server's addresses, across all of its sessions.
struct ServerAddresses {
    private(set) var memory = AddressMemory()
    /// One that has not ended: the next attempt waits for it, too, instead of beginning another beside it.
    private var underWay: LookUp?
    /// That of the session that is established.
    private var current: SocketAddress?

    /// The addresses to try, in this order.
    mutating func candidates(
        of endpoint: Endpoint, stop: EventDescriptor, until deadline: Deadline
    ) throws(IMAPError) -> [Candidate] {
        let lookUp = underWay ?? LookUp(endpoint)
        underWay = lookUp
        let found = try lookUp.wait(stop: stop, until: deadline)
        guard let found else {
            throw .resolution(host: endpoint.host, reason: Text("the name server did not answer in time"))
        }
        underWay = nil
        return memory.ordered(found)
    }

    /// This address took the connection and was of no use.
    mutating func failed(_ address: SocketAddress) { memory.failed(address) }

    /// A session is established on this address.
    mutating func opened(_ address: SocketAddress) { current = address }

    /// It has ended.
    ///
    /// - Parameter hasServed: the mailbox was watched. Else what ended it may be the address's fault: a server that goes silent at
    ///   the login is of no more use than one that says nothing at all.
    mutating func ended(_ error: IMAPError, hasServed: Bool) {
        guard let address = current else { return }
        current = nil
        if hasServed { memory.served(address) } else if error.mayBeOfOneAddress { memory.failed(address) }
    }
}

extension IMAPError {
    /// Another address of the same server may do better: this one's connection or what came over it was at fault, not the
    /// account, the configuration or the server as a whole.
    var mayBeOfOneAddress: Bool {
        switch self {
        case .timeout, .closed, .breach, .outOfStep: true
        case .tls(_, .notSetUp), .tls(_, .certificate): false
        case .tls: true
        default: false
        }
    }

    /// The address is to be tried last next time. So is one whose certificate is refused, though no other is tried in its place at
    /// once: that one server of several has a bad certificate, an operator is to know.
    var speaksAgainstAddress: Bool {
        switch self {
        case .tls(_, .notSetUp): false
        case .tls: true
        default: mayBeOfOneAddress
        }
    }
}
