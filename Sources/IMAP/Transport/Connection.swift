import Glibc

/// A socket to the server, in the clear or under TLS. Every wait has an absolute deadline and ends when the daemon stops.
final class Connection {
    let endpoint: Endpoint
    let descriptor: Int32
    /// The server is on this machine.
    let isLoopback: Bool
    private let stop: EventDescriptor
    private var tls: TLSSession?

    /// How long a handshake may take. Less where another address could be tried in its place.
    var handshakeTimeout: Duration?

    /// Takes over a socket that is connected to this address and does not block.
    init(_ descriptor: Int32, at address: SocketAddress, of endpoint: Endpoint, stop: EventDescriptor) {
        self.endpoint = endpoint
        self.stop = stop
        self.descriptor = descriptor
        isLoopback = address.isLoopback
    }

    var isProtected: Bool { tls != nil }

    /// Whether bytes are on this side already, so that poll(2) would not tell.
    var hasBufferedBytes: Bool { tls?.hasBufferedBytes ?? false }

    /// Goes over to TLS in place. The caller has made sure that nothing is buffered.
    func startTLS(until deadline: Deadline) throws(IMAPError) {
        let session = try TLSSession(descriptor, to: endpoint)
        let deadline = handshakeTimeout.map { min(deadline, .after($0)) } ?? deadline
        while true {
            switch session.handshake() {
            case .done:
                tls = session
                return
            case .wantsRead: try wait(for: POLLIN, until: deadline, within: session)
            case .wantsWrite: try wait(for: POLLOUT, until: deadline, within: session)
            case .closed: throw .tls(host: endpoint.host, session.endFault)
            case .failed(let code): throw .tls(host: endpoint.host, session.fault(for: code))
            }
        }
    }

    private func wait(for events: Int32, until deadline: Deadline, within handshake: TLSSession) throws(IMAPError) {
        do throws(IMAPError) { try wait(for: events, until: deadline, during: .tlsHandshake) } catch {
            throw error == .timeout(during: .tlsHandshake) ? .tls(host: endpoint.host, handshake.silence) : error
        }
    }

    /// Reads what is there, at least one byte. Throws at the end of the stream.
    func receive(
        into buffer: UnsafeMutableRawBufferPointer, until deadline: Deadline, during phase: Phase
    ) throws(IMAPError) -> Int {
        while true {
            switch receiveNow(into: buffer) {
            case .done(let count): return count
            case .wantsRead: try wait(for: POLLIN, until: deadline, during: phase)
            case .wantsWrite: try wait(for: POLLOUT, until: deadline, during: phase)
            case .closed: throw .closed(during: phase, code: nil)
            case .failed(let code): throw end(of: code, during: phase)
            }
        }
    }

    /// What ended a session that TLS protected. In TLS 1.3 a server says only after the handshake that it wants a certificate.
    private func end(of code: Int32, during phase: Phase) -> IMAPError {
        if let fault = tls?.fault(for: code), fault == .wantsClientCertificate {
            return .tls(host: endpoint.host, fault)
        }
        return .closed(during: phase, code: nil)
    }

    /// Reads what is there without waiting.
    func receiveNow(into buffer: UnsafeMutableRawBufferPointer) -> TLSSession.Progress {
        // Some servers (Cyrus) wait for the ACK before they send on; without this the kernel delays it by 40 ms.
        var quick: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_QUICKACK, &quick, socklen_t(MemoryLayout<Int32>.size))
        if let tls { return tls.receive(into: buffer) }
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 { return .done(count) }
        return count < 0 && (errno == EAGAIN || errno == EINTR) ? .wantsRead : .closed
    }

    /// Writes all of it.
    func send(_ bytes: UnsafeRawBufferPointer, until deadline: Deadline, during phase: Phase) throws(IMAPError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let chunk = UnsafeRawBufferPointer(rebasing: rest)
            let progress: TLSSession.Progress
            if let tls {
                progress = tls.send(chunk)
            } else {
                let count = Glibc.send(descriptor, chunk.baseAddress, chunk.count, Int32(MSG_NOSIGNAL))
                progress = count >= 0 ? .done(count) : (errno == EAGAIN || errno == EINTR ? .wantsWrite : .closed)
            }
            switch progress {
            case .done(let count): rest = rest.dropFirst(count)
            case .wantsRead: try wait(for: POLLIN, until: deadline, during: phase)
            case .wantsWrite: try wait(for: POLLOUT, until: deadline, during: phase)
            case .closed, .failed: throw .closed(during: phase, code: nil)
            }
        }
    }

    private func wait(for events: Int32, until deadline: Deadline, during phase: Phase) throws(IMAPError) {
        var descriptors = [pollfd(fd: descriptor, events: Int16(events), revents: 0)]
        switch poll(&descriptors, stop: stop, until: deadline) {
        case .ready: if deadline.hasPassed { throw .timeout(during: phase) }
        case .stopped: throw .cancelled
        case .timedOut: throw .timeout(during: phase)
        }
    }

    deinit {
        tls = nil
        close(descriptor)
    }
}
