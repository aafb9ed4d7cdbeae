import Glibc

/// A bare IMAP client in the clear, blocking: what happens in a mailbox behind the daemon's back. RFC 3501
final class IMAPClient {
    private let connection: Int32
    private var received: [UInt8] = []
    private var tag = 0

    init(port: UInt16, user: Dovecot.User) throws {
        connection = try Sockets.connect(port: port)
        let greeting = try line()
        guard greeting.hasPrefix("* OK") else { throw Refusal(line: greeting) }
        try command("LOGIN \(user.address) \(user.password)")
    }

    deinit { close(connection) }

    /// Sends a command and gives the lines that were answered before the OK.
    @discardableResult func command(_ text: String, literal: [UInt8]? = nil) throws -> [String] {
        tag += 1
        try Sockets.send(Array("a\(tag) \(text)\r\n".utf8), to: connection)
        if let literal {
            let answer = try line()
            guard answer.hasPrefix("+") else { throw Refusal(line: answer) }
            try Sockets.send(literal + [0x0d, 0x0a], to: connection)
        }
        var lines: [String] = []
        while true {
            let line = try line()
            if line.hasPrefix("a\(tag) OK") { return lines }
            if line.hasPrefix("a\(tag) ") { throw Refusal(line: "\(text.prefix { $0 != " " }): \(line)") }
            lines.append(line)
        }
    }

    /// Puts a mail into a folder, whose name is sent as it is.
    ///
    /// - Parameter date: when the server is to have taken it in, as `25-Nov-2026 12:00:00 +0000`; else now.
    func append(_ letter: [UInt8], to folder: String = "INBOX", flags: String = "", date: String? = nil) throws {
        var mail: [UInt8] = []
        for byte in letter { mail += byte == 0x0a && mail.last != 0x0d ? [0x0d, 0x0a] : [byte] }
        let when = date.map { " \"\($0)\"" } ?? ""
        try command("APPEND \"\(folder)\" (\(flags))\(when) {\(mail.count)}", literal: mail)
    }

    /// The keywords and flags of every mail of a folder, by UID, without \Recent.
    func flags(in folder: String = "INBOX") throws -> [UInt32: Set<String>] {
        try command("EXAMINE \"\(folder)\"")
        var flags: [UInt32: Set<String>] = [:]
        for line in try command("UID FETCH 1:* (FLAGS)") {
            guard let list = line.firstRange(of: "FLAGS (")?.upperBound,
                let uid = line.firstRange(of: "UID ")?.upperBound,
                let number = UInt32(line[uid...].prefix { $0.isNumber })
            else { continue }
            flags[number] = Set(line[list...].prefix { $0 != ")" }.split(separator: " ").map(String.init))
                .subtracting(["\\Recent"])
        }
        return flags
    }

    private func line() throws -> String {
        while true {
            if let end = received.firstIndex(of: 0x0a) {
                let line = String(decoding: received[..<end].prefix { $0 != 0x0d }, as: UTF8.self)
                received.removeSubrange(...end)
                return line
            }
            let more = try Sockets.receive(from: connection)
            if more.isEmpty { throw Refusal(line: "connection closed") }
            received += more
        }
    }

    struct Refusal: Error, CustomStringConvertible {
        let line: String
        var description: String { "IMAP: \(line)" }
    }
}
