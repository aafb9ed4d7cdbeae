import FoundationEssentials
import Glibc
import Synchronization

/// An IMAP server in the clear on loopback with an empty mailbox, that answers logins as it is told to.
final class LoginServer: Sendable {
    /// What a login sent: a password, or a token.
    struct Login: Sendable, Equatable {
        let user, secret: String
    }

    /// The answer to a login, its tag as `%T` and LF for CRLF: before it a line `+ ...` is a continuation that the client has to answer.
    typealias Answer = @Sendable (Login) -> String
    static let accepted = "%T OK\n"
    static let empty =
        "* 0 EXISTS\n* OK [PERMANENTFLAGS (\\Seen \\*)] x\n* OK [UIDVALIDITY 1] x\n* OK [UIDNEXT 8] x\n%T OK [READ-WRITE] x\n"

    private let mechanism: String
    private let listener = Mutex<Listener?>(nil)
    private struct State {
        var answer: Answer
        var logins: [Login] = []
        var standing: Set<Int32> = []
    }
    private let state: Mutex<State>
    private let opened: String

    /// - Parameter mechanism: PLAIN or XOAUTH2.
    /// - Parameter opened: the answer to SELECT and EXAMINE.
    init(_ mechanism: String = "PLAIN", opened: String = empty, answer: @escaping Answer) throws {
        (self.mechanism, self.opened) = (mechanism, opened)
        state = Mutex(State(answer: answer))
        let made = try Listener { [weak self] connection, _ in try self?.serve(connection) }
        listener.withLock { $0 = made }
        try Stage.require().atEnd { made.end() }
    }

    var port: UInt16 { listener.withLock { $0?.port ?? 0 } }
    /// All of them, in their order.
    var logins: [Login] { state.withLock { $0.logins } }
    func answers(_ answer: @escaping Answer) { state.withLock { $0.answer = answer } }
    func accepts() { answers { _ in Self.accepted } }

    func mailbox(_ name: String = "main") throws -> Configuration.Mailbox {
        Configuration.Mailbox(
            name, port: port, user: name == "main" ? "user" : name, password: try Stage.require().secret(),
            protection: "off")
    }

    /// Ends the sessions that stand.
    func hangUp() { state.withLock { for connection in $0.standing { shutdown(connection, Int32(SHUT_RDWR)) } } }

    private func serve(_ connection: Int32) throws {
        var unlimited = timeval()
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &unlimited, socklen_t(MemoryLayout<timeval>.size))
        state.withLock { _ = $0.standing.insert(connection) }
        defer { state.withLock { _ = $0.standing.remove(connection) } }
        try say("* OK ready\n", "*", connection)
        var lines = Lines(connection)
        var idleTag = ""
        while let line = try lines.next() {
            let words = line.split(separator: " ").map(String.init)
            if line == "DONE" {
                try say("%T OK\n", idleTag, connection)
                continue
            }
            guard words.count > 1 else { return }
            let command = words[1] == "UID" && words.count > 2 ? words[2] : words[1]
            if command == "IDLE" { idleTag = words[0] }
            if command == "AUTHENTICATE" {
                try logIn(words, &lines, connection)
                continue
            }
            try say(answer(to: command), words[0], connection)
            if command == "LOGOUT" { return }
        }
    }

    private func logIn(_ words: [String], _ lines: inout Lines, _ connection: Int32) throws {
        let login = Self.login(words.last ?? "")
        let answer = state.withLock { state in
            state.logins.append(login)
            return state.answer(login)
        }
        for line in answer.split(separator: "\n") {
            try say("\(line)\n", words[0], connection)
            if line.hasPrefix("+") { _ = try lines.next() }
        }
    }

    /// RFC 4616, and Google's XOAUTH2.
    private static func login(_ response: String) -> Login {
        let bytes = Data(base64Encoded: response) ?? Data()
        let parts = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        if parts.count == 2 { return Login(user: parts[0], secret: parts[1]) }
        let fields = String(decoding: bytes, as: UTF8.self).split(separator: "\u{1}")
        return Login(
            user: String(fields.first?.dropFirst("user=".count) ?? ""),
            secret: String(fields.last?.dropFirst("auth=Bearer ".count) ?? ""))
    }

    private func answer(to command: String) -> String {
        switch command {
        case "CAPABILITY": "* CAPABILITY IMAP4rev1 AUTH=\(mechanism) SASL-IR IDLE UIDPLUS\n%T OK\n"
        case "SELECT", "EXAMINE": opened
        case "IDLE": "+ idling\n"
        case "LOGOUT": "* BYE x\n%T OK\n"
        default: "%T OK\n"
        }
    }

    private func say(_ text: String, _ tag: String, _ connection: Int32) throws {
        try Sockets.send(text.replacing("%T", with: tag).replacing("\n", with: "\r\n").utf8, to: connection)
    }
}

/// The lines of a connection.
private struct Lines {
    private let connection: Int32
    private var received: [UInt8] = []

    init(_ connection: Int32) { self.connection = connection }

    mutating func next() throws -> String? {
        while true {
            if let end = received.firstIndex(of: 10) {
                defer { received.removeSubrange(...end) }
                return String(decoding: received[..<end].prefix { $0 != 13 }, as: UTF8.self)
            }
            let more = try Sockets.receive(from: connection)
            if more.isEmpty { return nil }
            received += more
        }
    }
}
