import Dispatch
import FoundationEssentials
import Glibc
import Synchronization

/// What a hostile server does, once, at one point of an otherwise sane session.
struct Trick: Sendable, CustomStringConvertible {
    enum Point: String, Sendable { case greeting, capability, login, select, search, fetch, idle, store, starttls }
    /// ``Ending/goOn`` gives the sane answer too, ``Ending/instead`` does not.
    enum Ending: Sendable { case goOn, instead, hangUp, reset, silence, dribble }

    let name: String
    let point: Point
    /// Sent in place of the sane answer; before it, where the session goes on. `%T` becomes the tag, LF becomes CRLF.
    let text: String
    let ending: Ending
    /// What Status must say of it; nil where the session must live on.
    let reason: String?

    var description: String { name }

    init(_ name: String, _ point: Point, _ text: String, _ ending: Ending = .hangUp, reason: String? = nil) {
        (self.name, self.point, self.text, self.ending, self.reason) = (name, point, text, ending, reason)
    }
}

/// An IMAP server in the clear on loopback, with one mail in its mailbox: it plays its trick on the first connection that
/// gets there, and is sane on every other. Until ``turnSane()`` those are kept waiting, so that what Status says of the
/// trick stays.
final class HostileServer: Sendable {
    let trick: Trick
    let letter: Letter
    private let listener = Mutex<Listener?>(nil)
    private let state = Mutex((isPlayed: false, isMarked: false, connections: 0))
    /// Open from the moment when it is sane: whoever comes through lets the next one through.
    private let sanity = DispatchSemaphore(value: 0)

    init(_ trick: Trick, isSane: Bool = false) throws {
        self.trick = trick
        letter = try Letter()
        if isSane { sanity.signal() }
        let made = try Listener { [weak self] connection, number in try self?.serve(connection, number) }
        listener.withLock { $0 = made }
        try Stage.require().atEnd { made.end() }
    }

    var port: UInt16 { listener.withLock { $0?.port ?? 0 } }
    var connections: Int { state.withLock { $0.connections } }
    func turnSane() { sanity.signal() }

    /// Such a mailbox.
    func mailbox(_ protection: String = "off") throws -> Configuration.Mailbox {
        Configuration.Mailbox(
            trick.name, port: port, user: "user", password: try Stage.require().secret(), protection: protection)
    }

    private func serve(_ connection: Int32, _ number: Int) throws {
        state.withLock { $0.connections += 1 }
        if number > 0, trick.reason != nil {
            sanity.wait()
            sanity.signal()
        }
        guard try say("* OK ready\n", at: .greeting, connection) else { return }
        var lines = RequestLines(connection)
        var idleTag = ""
        while case .line(let line) = try lines.next() {
            guard let request = IMAPRequest(line) else { return }
            if request.name == "DONE" {
                guard try say("\(idleTag) OK\n", at: nil, connection) else { return }
                continue
            }
            if request.name == "IDLE" { idleTag = request.tag }
            let (point, answer) = answer(to: request.name, line)
            guard try say(answer.replacing("%T", with: request.tag), at: point, connection, tag: request.tag) else {
                return
            }
            if request.name == "STORE" { state.withLock { $0.isMarked = true } }
            if request.name == "LOGOUT" { return }
        }
    }

    /// The mail with its keyword.
    private let marked = "FLAGS ($SecomOTPClaimed) MODSEQ (10)"

    private func answer(to command: String, _ line: String) -> (Trick.Point?, String) {
        switch command {
        case "CAPABILITY":
            (.capability, "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN SASL-IR IDLE CONDSTORE UIDPLUS ID\n%T OK\n")
        case "ID": (nil, "* ID (\"name\" \"\(trick.name)\")\n%T OK\n")
        case "STARTTLS": (.starttls, "%T OK\n")
        case "AUTHENTICATE", "LOGIN": (.login, "%T OK\n")
        case "SELECT", "EXAMINE":
            (
                .select,
                """
                * FLAGS (\\Seen)
                * 1 EXISTS
                * OK [PERMANENTFLAGS (\\Seen \\*)] x
                * OK [UIDVALIDITY 1] x
                * OK [UIDNEXT 8] x
                * OK [HIGHESTMODSEQ 9] x
                %T OK [READ-WRITE] x

                """
            )
        case "SEARCH": (.search, "* SEARCH 7\n%T OK\n")
        case "FETCH" where line.contains("BODY.PEEK") && !line.contains("FETCH 8:"): (.fetch, fetched() + "%T OK\n")
        case "FETCH" where line.contains("FETCH 8:"): (nil, "%T OK\n")
        case "FETCH": (nil, "* 1 FETCH (UID 7 \(state.withLock(\.isMarked) ? marked : "FLAGS () MODSEQ (9)"))\n%T OK\n")
        case "STORE": (.store, "* 1 FETCH (UID 7 \(marked))\n%T OK\n")
        case "IDLE": (.idle, "+ idling\n")
        case "LOGOUT": (nil, "* BYE x\n%T OK\n")
        default: (nil, "%T OK\n")
        }
    }

    /// The mail. Its bytes are all below 128.
    private func fetched() -> String {
        let text = String(decoding: letter.bytes, as: UTF8.self).replacing("\r\n", with: "\n")
        let size = text.utf8.count + text.utf8.count(where: { $0 == 10 })
        return "* 1 FETCH (UID 7 FLAGS () RFC822.SIZE \(size) MODSEQ (9) BODY[]<0> {\(size)}\n\(text))\n"
    }

    /// False: the session is over.
    private func say(_ text: String, at point: Trick.Point?, _ connection: Int32, tag: String = "*") throws -> Bool {
        let plays = state.withLock { state in
            guard point == trick.point, !state.isPlayed else { return false }
            state.isPlayed = true
            return true
        }
        if plays {
            try send(trick.text.replacing("%T", with: tag), connection)
            switch trick.ending {
            case .goOn: break
            case .instead: return true
            case .hangUp: return false
            case .reset:
                Listener.reset(connection)
                return false
            case .silence:
                while try !Sockets.receive(from: connection).isEmpty {}
                return false
            case .dribble:
                while true {
                    try Sockets.send([0x61], to: connection)
                    usleep(100_000)
                }
            }
        }
        try send(text, connection)
        return true
    }

    private func send(_ text: String, _ connection: Int32) throws {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count * 9 / 8)
        for byte in text.utf8 {
            if byte == 10 { bytes.append(13) }
            // A form feed stands for a bare line feed.
            bytes.append(byte == 12 ? 10 : byte)
        }
        try Sockets.send(bytes, to: connection)
    }
}
