import Glibc
import Messages

/// Opens a TCP connection, the addresses of the host raced as in RFC 8305. Blocks; for a mailbox's own thread.
struct TCPConnect {
    /// Time that an address gets before the next one is tried beside it (RFC 8305, section 8).
    private static let attemptDelay: Duration = .milliseconds(250)
    /// The same before one that is in doubt: it may take a connection at once that leads nowhere, and the others are to have had
    /// the time of a far country, or of a packet lost.
    private static let delayBeforeDoubtful: Duration = .seconds(3)
    /// How many are tried beside one another: the oldest makes room, which has had four seconds then.
    private static let atOnce = 16

    private let endpoint: Endpoint
    private var waiting: ArraySlice<Candidate>
    private var racing: [(address: SocketAddress, descriptor: Int32)] = []
    /// When the last one began, and whether one has failed since: then the next need not wait its time.
    private var began = (at: Deadline(nanoseconds: 0), isOver: false)
    private var reason = Text("no address")

    /// Returns a connected, non-blocking socket, and whose it is.
    static func race(
        _ candidates: [Candidate], of endpoint: Endpoint, stop: EventDescriptor, until deadline: Deadline
    ) throws(IMAPError) -> (descriptor: Int32, address: SocketAddress) {
        var race = TCPConnect(endpoint: endpoint, waiting: candidates[...])
        defer { for attempt in race.racing { close(attempt.descriptor) } }
        while true {
            race.beginDue()
            guard !race.racing.isEmpty else { break }
            if let winner = try race.wait(stop: stop, until: deadline) { return winner }
        }
        throw .connection(host: endpoint.host, port: endpoint.port, reason: race.reason)
    }

    private init(endpoint: Endpoint, waiting: ArraySlice<Candidate>) {
        (self.endpoint, self.waiting) = (endpoint, waiting)
    }

    private mutating func beginDue() {
        while let next = waiting.first, racing.isEmpty || turn.hasPassed {
            waiting.removeFirst()
            switch Self.begin(next.address) {
            case .success(let descriptor):
                if racing.count == Self.atOnce { close(racing.removeFirst().descriptor) }
                racing.append((next.address, descriptor))
                began = (.now, false)
            case .failure(let failure): reason = failure.text
            }
        }
    }

    /// When the next one may begin while others are under way.
    private var turn: Deadline {
        if waiting.first?.isDoubtful == true { return began.at.advanced(by: Self.delayBeforeDoubtful) }
        return began.isOver ? began.at : began.at.advanced(by: Self.attemptDelay)
    }

    /// Waits for one to be connected, for one to fail, or for the next one's turn.
    private mutating func wait(
        stop: EventDescriptor, until deadline: Deadline
    ) throws(IMAPError) -> (descriptor: Int32, address: SocketAddress)? {
        var descriptors = racing.map { pollfd(fd: $0.descriptor, events: Int16(POLLOUT), revents: 0) }
        switch poll(&descriptors, stop: stop, until: waiting.isEmpty ? deadline : min(deadline, turn)) {
        case .stopped: throw .cancelled
        case .timedOut: if deadline.hasPassed { throw .timeout(during: .connecting(host: endpoint.host)) }
        case .ready:
            for index in descriptors.indices.reversed() where descriptors[index].revents != 0 {
                let attempt = racing.remove(at: index)
                let code = Self.pendingError(attempt.descriptor)
                if code == 0 { return (attempt.descriptor, attempt.address) }
                reason = SystemError(code: code).text
                close(attempt.descriptor)
                began.isOver = true
            }
        }
        return nil
    }

    private static func begin(_ address: SocketAddress) -> Result<Int32, SystemError> {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = DescriptorTable.keepingRoom(for: .connection, socket(address.family, type, 0))
        guard descriptor >= 0 else { return .failure(SystemError(code: errno)) }
        setOptions(descriptor)
        if address.connect(descriptor) == 0 || errno == EINPROGRESS { return .success(descriptor) }
        let failure = SystemError(code: errno)
        close(descriptor)
        return .failure(failure)
    }

    /// A link that died without a word is known within a minute: idle by keepalive, busy by TCP_USER_TIMEOUT.
    private static func setOptions(_ descriptor: Int32) {
        for (level, name, value) in [
            (Int32(IPPROTO_TCP), TCP_NODELAY, 1), (SOL_SOCKET, SO_KEEPALIVE, 1), (Int32(IPPROTO_TCP), TCP_KEEPIDLE, 30),
            (Int32(IPPROTO_TCP), TCP_KEEPINTVL, 10), (Int32(IPPROTO_TCP), TCP_KEEPCNT, 2),
            (Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, 50_000),
        ] as [(Int32, Int32, Int32)] {
            var value = value
            setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    private static func pendingError(_ descriptor: Int32) -> Int32 {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno
    }
}
