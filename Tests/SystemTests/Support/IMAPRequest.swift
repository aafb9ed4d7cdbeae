import Glibc

/// A command as a scripted server reads it. RFC 3501
struct IMAPRequest: Sendable {
    /// Empty for DONE, which has none.
    let tag: String
    /// In upper case, and without UID.
    let name: String
    /// What stands behind the name.
    let arguments: String

    /// Nil for what is no command.
    init?(_ line: String) {
        var words = line.split(separator: " ", maxSplits: 1)
        if words.count == 1, words[0].uppercased() == "DONE" {
            (tag, name, arguments) = ("", "DONE", "")
            return
        }
        guard words.count == 2 else { return nil }
        tag = String(words[0])
        words = words[1].split(separator: " ", maxSplits: 1)
        if words.first?.uppercased() == "UID", words.count == 2 { words = words[1].split(separator: " ", maxSplits: 1) }
        guard let name = words.first else { return nil }
        self.name = name.uppercased()
        arguments = words.count == 2 ? String(words[1]) : ""
    }
}

/// The lines that come over a connection, without their ends.
struct RequestLines {
    enum Next { case line(String), nothing, end }

    private let connection: Int32
    private var received: [UInt8] = []

    init(_ connection: Int32) {
        self.connection = connection
        // Whoever watches a mailbox says nothing for minutes.
        var unlimited = timeval()
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &unlimited, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Forgets what came in the same segment.
    mutating func dropRest() { received = [] }

    /// The next line.
    ///
    /// - Parameter patience: after so many milliseconds there is nothing; without it, the line is waited for.
    mutating func next(within patience: Int32 = -1) throws -> Next {
        while true {
            if let end = received.firstIndex(of: 10) {
                let line = String(decoding: received[..<end].filter { $0 != 13 }, as: UTF8.self)
                received.removeSubrange(...end)
                return .line(line)
            }
            var descriptor = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
            if poll(&descriptor, 1, patience) == 0 { return .nothing }
            let more = try Sockets.receive(from: connection)
            if more.isEmpty { return .end }
            received += more
        }
    }
}
