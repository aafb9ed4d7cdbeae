import Glibc

/// Delivers a letter as it is, whatever bytes it holds. RFC 2033
enum LMTP {
    static func deliver(_ letter: [UInt8], to recipient: String, port: UInt16) throws {
        let connection = try Sockets.connect(port: port)
        defer { close(connection) }
        var received: [UInt8] = []

        func expect(_ code: String) throws {
            while true {
                while let end = received.firstIndex(of: 0x0a) {
                    let line = String(decoding: received[..<end], as: UTF8.self)
                    received.removeSubrange(...end)
                    if line.dropFirst(3).first == "-" { continue }
                    if line.hasPrefix(code) { return }
                    throw Refusal(line: line)
                }
                let more = try Sockets.receive(from: connection)
                if more.isEmpty { throw Refusal(line: "connection closed") }
                received += more
            }
        }
        func say(_ line: String, _ code: String) throws {
            try Sockets.send(Array("\(line)\r\n".utf8), to: connection)
            try expect(code)
        }

        try expect("220")
        try say("LHLO localhost", "250")
        try say("MAIL FROM:<ra-support@secom.co.jp>", "250")
        try say("RCPT TO:<\(recipient)>", "250")
        try say("DATA", "354")
        try Sockets.send(stuffed(letter), to: connection)
        try say("\r\n.", "250")
        try say("QUIT", "221")
    }

    /// LF becomes CRLF, and a dot that begins a line is doubled.
    private static func stuffed(_ letter: [UInt8]) -> [UInt8] {
        var stuffed: [UInt8] = []
        var previous: UInt8 = 0x0a
        for byte in letter {
            if byte == 0x0a, previous != 0x0d { stuffed.append(0x0d) }
            if byte == 0x2e, previous == 0x0a { stuffed.append(0x2e) }
            stuffed.append(byte)
            previous = byte
        }
        return stuffed
    }

    struct Refusal: Error, CustomStringConvertible {
        let line: String
        var description: String { "LMTP: \(line)" }
    }
}
