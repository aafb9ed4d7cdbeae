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
        session.logOut()
    }

    /// One command's answer: the first byte chooses the command.
    static func answer(_ bytes: [UInt8]) {
        guard let choice = bytes.first else { return }
        let before = "* PREAUTH x\r\n* CAPABILITY IMAP4rev1 CONDSTORE IDLE UIDPLUS MOVE\r\n1 OK x\r\n"
        let opened = "* 3 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [HIGHESTMODSEQ 9] x\r\n2 OK [READ-WRITE] x\r\n"
        let opens = choice & 7 != 0
        guard let session = session(Array((before + (opens ? opened : "")).utf8) + bytes.dropFirst()) else { return }
        do throws(IMAPError) {
            _ = try session.open("INBOX", readOnly: choice & 8 != 0)
            let known = MessageFlags(uid: 7, flags: [], modSeq: 9)
            switch choice & 7 {
            case 1: _ = try session.search(from: "a@example.com", since: 0)
            case 2: _ = try session.fetch(UIDSet(from: 3, expectedCount: 4), bound: 4096)
            case 3: _ = try session.fetchFlags(UIDSet(7))
            case 4: _ = try session.claim(known, keyword: "$X")
            case 5: _ = try session.change(7, add: true, ["$X"])
            case 6:
                try session.send(choice & 16 != 0 ? ["NOOP"] : [], thenIdle: true, literal: 4096)
                try session.listen()
                _ = try session.fetch(UIDSet(7), bound: 4096)
            case 7:
                try session.move(7, to: "used")
                try session.delete(7)
            default: break
            }
        } catch { check(error) }
    }

    private static func watch(_ session: Session) throws(IMAPError) {
        _ = try session.open("INBOX", readOnly: false)
        let found = try session.search(from: "a@example.com", since: 0)
        if let uids = UIDSet(found.prefix(16)) { _ = try session.fetch(uids, bound: 4096) }
        _ = try session.notify(bound: 4096)
        try session.send(["NOOP"], thenIdle: true, literal: 4096)
        try session.listen()
        for message in try session.fetch(UIDSet(from: 1, expectedCount: 4), bound: 4096).prefix(1) {
            _ = try session.claim(message.flags, keyword: "$X")
        }
        try session.send(["NOOP"], thenIdle: false, literal: 4096)
        try session.land()
    }

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
            return try Session(over: Connection(ends[0], to: endpoint, stop: stop), until: .after(.seconds(30)))
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
