import Glibc
import Secrets

@testable import IMAP

/// A server that says the input and no more: all that a session asks, in the order in which a mailbox does it. Whatever
/// passes the vetting is read by libetpan here.
enum FuzzedServer {
    /// The greeting and everything behind it.
    static func dialogue(_ bytes: [UInt8]) {
        guard let session = session(bytes) else { return }
        let secret = Secret(Array("secret".utf8))
        do throws(IMAPError) {
            try session.logIn("user", bytes.first == 0x2A ? .password(secret) : .accessToken(secret))
            try watch(session)
        } catch { check(error) }
        session.logOut(endingIdle: false)
    }

    /// What a mailbox that is open says: the watch takes it in, whatever it asked.
    static func answer(_ bytes: [UInt8]) {
        guard let choice = bytes.first else { return }
        let offers = choice & 1 != 0 ? "IDLE NOTIFY" : choice & 2 != 0 ? "IDLE MOVE" : "UIDPLUS"
        let before = "* PREAUTH x\r\n* CAPABILITY IMAP4rev1 CONDSTORE \(offers)\r\n1 OK x\r\n"
        let opened = "* 3 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [HIGHESTMODSEQ 9] x\r\n2 OK [READ-WRITE] x\r\n"
        guard let session = session(Array((before + opened).utf8) + bytes.dropFirst()) else { return }
        do throws(IMAPError) { try watch(session, isRead: choice & 4 != 0) } catch { check(error) }
    }

    /// All that a mailbox's thread does with a session, without waiting: each mark, and somebody who waits.
    private static func watch(_ session: Session, isRead: Bool = true) throws(IMAPError) {
        let selected = try session.select("INBOX", readOnly: false)
        var state = WatchState(
            .init(
                sender: "a@example.com", marks: MarkNames(claimed: "$X", used: "$Y", rejected: "$Z")),
            capabilities: session.capabilities, selected: selected,
            memory: MailboxMemory(), at: now)
        var marks: [Mark] = [
            .claim, .verify, .release, .settle(used: true, seen: true, then: .delete, isRepeated: true),
            .settle(used: false, seen: false, then: .move(to: "used"), isRepeated: false),
        ]
        var events: [WatchEvent] = [.deadline, .awaited(until: .after(.seconds(60)))]
        while true {
            if events.isEmpty, let response = try session.receive() { events.append(.response(response)) }
            if events.isEmpty { return }
            for action in state.received(events.removeFirst(), at: now) {
                switch action {
                case .send(let commands, let endingIdle):
                    try session.send(commands, endingIdle: endingIdle, pushes: state.pushes)
                case .read(let messages):
                    let judgements = messages.map {
                        Judgement(flags: $0.flags, identity: $0.identity, verdict: isRead ? .keep : .whole)
                    }
                    events.append(.judged(judgements))
                    if let mark = marks.popLast(), let uid = messages.first?.flags.uid {
                        events.append(.mark(marks.count, .init(uidValidity: 1, uid: uid, mark: mark)))
                    }
                case .end(let error): throw error
                case .answer, .tell, .roundTrip: break
                }
            }
        }
    }

    private static var now: Moment { Moment(monotonic: .now, wall: 1_700_000_000) }

    /// A session with a server that has said all this and hung up.
    private static func session(_ bytes: [UInt8]) -> Session? {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        precondition(socketpair(AF_UNIX, type, 0, &ends) == 0, "no sockets")
        var size: Int32 = 1 << 20
        setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        precondition(write(ends[1], bytes, bytes.count) == bytes.count, "the input does not fit")
        shutdown(ends[1], Int32(SHUT_WR))
        // What the client says is read by nobody: it is little.
        defer { servers.append(ends[1]) }
        for old in servers { close(old) }
        servers.removeAll()
        let endpoint = Endpoint(host: "fuzzed", port: 1, protection: .off)
        do throws(IMAPError) {
            let address = SocketAddress(family: AF_UNIX, bytes: [])
            return try Session(
                over: Connection(ends[0], at: address, of: endpoint, stop: stop), until: .after(.seconds(30)))
        } catch {
            check(error)
            return nil
        }
    }

    /// A reason that an operator can read, of bounded length and without control characters.
    private static func check(_ error: IMAPError) {
        precondition(error.description.utf8.count < 300, "an endless reason")
        precondition(!error.description.utf8.contains { $0 < 0x20 }, "a control character in the reason")
        if case .timeout = error { preconditionFailure("waits for a server that has hung up") }
    }

    private static let stop = EventDescriptor()
    // libFuzzer calls from one thread.
    nonisolated(unsafe) private static var servers: [Int32] = []
}
