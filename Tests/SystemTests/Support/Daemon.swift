import Glibc
import Synchronization

/// A running `secom-otpd run`.
final class Daemon: Sendable {
    let process: Subprocess
    /// The harness's own connection, on which it asks for Status.
    private let own = Mutex<Peer?>(nil)
    let notified: NotifySocket
    let file: String
    let socket: String
    /// As systemd makes one for the service; a daemon that is started again finds it as it was.
    var runtimeDirectory: String { "\(socket).d" }

    /// The daemon on this configuration, once it has said that it is ready.
    ///
    /// - Parameter link: what it reaches the network through.
    /// - Parameter command: what executes it, such as env(1).
    static func start(
        _ configuration: Configuration, behind link: Link? = nil, by command: [String] = []
    ) async throws -> Daemon {
        let (file, socket) = try configuration.write()
        return try await start(file: file, socket: socket, by: (link?.entering ?? []) + command)
    }

    static func start(file: String, socket: String, by command: [String] = []) async throws -> Daemon {
        let daemon = try Daemon(file: file, socket: socket, by: command)
        try await eventually("READY=1", last: { daemon.log }) {
            if !daemon.process.isRunning { throw Ended(log: daemon.log) }
            return daemon.notified.assignments.contains("READY=1")
        }
        let peer = try Peer(daemon)
        daemon.own.withLock { $0 = peer }
        return daemon
    }

    private init(file: String, socket: String, by command: [String]) throws {
        let stage = try Stage.require()
        (self.file, self.socket) = (file, socket)
        let notified = try NotifySocket(path: "\(stage.scratch.path)/\(stage.name("n"))")
        self.notified = notified
        let runtimeDirectory = "\(socket).d"
        mkdir(runtimeDirectory, 0o700)
        let words = command + [Place.program("secom-otpd"), "run", "--config", file]
        let process = try Subprocess(
            words[0], Array(words.dropFirst()),
            environment: ["NOTIFY_SOCKET": notified.path, "RUNTIME_DIRECTORY": runtimeDirectory])
        self.process = process
        stage.log("secom-otpd's log") { process.output.text + process.errors.text }
        stage.log("secom-otpd's notifications") { notified.assignments.joined(separator: "\n") }
        stage.atEnd {
            process.send(SIGKILL)
            _ = try? await process.ended()
            notified.end()
        }
    }

    var log: String { process.output.text + process.errors.text }

    /// As a service manager stops it.
    @discardableResult func stop(within limit: Duration = patience) async throws -> Subprocess.Exit {
        process.send(SIGTERM)
        return try await process.ended(within: limit)
    }

    /// As a service manager has it read its configuration again, once it has done so or refused to. sd_notify(3)
    func reload() async throws {
        let before = notified.assignments.count
        process.send(SIGHUP)
        try await eventually("READY=1 after RELOADING=1", last: { self.log }) {
            let heard = self.notified.assignments.dropFirst(before)
            return heard.contains("RELOADING=1") && heard.contains("READY=1")
        }
    }

    func kill() async throws {
        process.send(SIGKILL)
        _ = try await process.ended()
    }

    /// Another daemon on the same configuration and socket.
    func startAgain() async throws -> Daemon { try await Daemon.start(file: file, socket: socket) }

    /// The reply to Status.
    func status() async throws -> Status {
        guard var peer = own.withLock({ $0 }) else { throw Ended(log: log) }
        if peer.isClosed {
            // It is silent in between, and may have had to make room.
            peer = try Peer(self)
            own.withLock { $0 = peer }
        }
        return try await peer.status()
    }

    /// Status, as soon as it is as it should be.
    @discardableResult func status(
        _ what: String, within limit: Duration = patience, _ isSo: (Status) -> Bool
    ) async throws -> Status {
        var last = ""
        return try await eventually("status: \(what)", within: limit, last: { "\(last)\n\(self.log)" }) {
            let status = try await self.status()
            last = "\(status)"
            return isSo(status) ? status : nil
        }
    }

    /// Every mailbox is watched.
    @discardableResult func watching() async throws -> Status {
        try await status("every mailbox is watched") { $0.mailboxes.allSatisfy { $0.state == "watching" } }
    }

    /// How many clients but the harness are connected to the socket. unix(7), /proc/net/unix: 03 is a connection that stands
    var connections: Int {
        get throws {
            guard let table = fopen("/proc/net/unix", "re") else { throw SystemCallFailure("/proc/net/unix") }
            defer { fclose(table) }
            var count = 0
            var line = [CChar](repeating: 0, count: 512)
            while fgets(&line, Int32(line.count), table) != nil {
                let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
                let columns = text.split(whereSeparator: \.isWhitespace)
                if columns.count == 8, columns[5] == "03", columns[7] == socket { count += 1 }
            }
            return count - (own.withLock { $0 } == nil ? 0 : 1)
        }
    }

    struct Ended: Error, CustomStringConvertible {
        let log: String
        var description: String { "secom-otpd ended before it was ready:\n\(log)" }
    }
}
