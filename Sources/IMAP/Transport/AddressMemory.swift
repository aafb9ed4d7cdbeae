/// An address to try, and whether it is in doubt.
struct Candidate: Equatable, Sendable {
    let address: SocketAddress
    /// It took a connection and was of no use: a tunnel that carries nothing back, a balancer whose server is gone.
    let isDoubtful: Bool
}

/// Which of a server's addresses failed after they had taken the connection. They are tried last next time: a race for
/// the connection (RFC 8305) would have them win again and again. A pure value, kept over a mailbox's sessions.
struct AddressMemory: Equatable, Sendable {
    /// The one that failed last is the last.
    private(set) var doubtful: [SocketAddress] = []

    static let bound = 64

    /// A session on this address came to nothing.
    mutating func failed(_ address: SocketAddress) {
        doubtful.removeAll { $0 == address }
        doubtful.append(address)
        if doubtful.count > Self.bound { doubtful.removeFirst() }
    }

    /// A session on this address watched the mailbox.
    mutating func served(_ address: SocketAddress) { doubtful.removeAll { $0 == address } }

    /// In the order in which they are to be tried: those in doubt after all others, the one that failed longest ago before the rest.
    func ordered(_ addresses: [SocketAddress]) -> [Candidate] {
        let known = Set(doubtful)
        let there = Set(addresses)
        return addresses.filter { !known.contains($0) }.map { Candidate(address: $0, isDoubtful: false) }
            + doubtful.filter(there.contains).map { Candidate(address: $0, isDoubtful: true) }
    }
}
