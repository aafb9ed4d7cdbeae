import Glibc
import Synchronization

/// An IMAP server in the clear on loopback that has one ``Quirk``, and is right in all else.
final class LaxServer: Sendable {
    let quirk: Quirk
    let mailbox = LaxMailbox()
    private let listener = Mutex<Listener?>(nil)
    private let count = Mutex(0)

    init(_ quirk: Quirk) throws {
        self.quirk = quirk
        for mail in quirk.before { mailbox.append(mail) }
        let made = try Listener { [weak self] connection, _ in
            guard let self else { return }
            count.withLock { $0 += 1 }
            var session = LaxSession(connection, quirk, mailbox)
            try session.run()
        }
        listener.withLock { $0 = made }
        try Stage.require().atEnd { made.end() }
    }

    var connections: Int { count.withLock(\.self) }

    /// Such a mailbox.
    func configured() throws -> Configuration.Mailbox {
        Configuration.Mailbox(
            quirk.name, port: listener.withLock { $0?.port ?? 0 }, user: "user", password: try Stage.require().secret())
    }
}
