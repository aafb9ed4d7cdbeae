import Glibc
import Handoff
import Ledger
import Logging
import ServiceLifecycle
import Varlink

/// The daemon, wired: mailboxes to custodian to socket.
struct Daemon {
    private let configuration: Configuration
    private let reloading: Reloading
    private let journal: Journal
    private let notification: ServiceNotification
    private let mailboxes: WatchedMailboxes
    private let custodian: Custodian
    private let server: VarlinkServer

    /// Listens and begins to watch.
    init(
        _ configuration: Configuration, _ socket: ListeningSocket, _ journal: Journal,
        _ notification: ServiceNotification,
        reading: @escaping @Sendable () throws(ConfigurationError) -> Configuration
    ) async throws {
        self.configuration = configuration
        self.journal = journal
        self.notification = notification
        // RuntimeDirectory= of the unit
        let poison = PoisonMessages(directory: getenv("RUNTIME_DIRECTORY").map { String(cString: $0) })
        let mailboxes = WatchedMailboxes(configuration, poison, journal)
        let custodian = Custodian(
            mailboxes: Set(configuration.mailboxes.map(\.name)), keeper: mailboxes,
            clock: SystemClock { try await VarlinkThread.sleep(for: $0) },
            log: { journal.entered($0, $1, reason: $2) })
        let reloading = try Reloading(
            configuration, mailboxes: mailboxes, custodian: custodian, journal: journal, notification: notification,
            reading: reading)
        let interface = try HandoffInterface(
            version: version, custodian: custodian, access: { reloading.access }, mailboxes: { mailboxes.reports })
        let info = ServiceInfo(
            vendor: "secom-otpd", product: "secom-otpd", version: version, url: "")
        server = try await VarlinkServer(on: socket, service: VarlinkService(info, interfaces: [interface]))
        self.mailboxes = mailboxes
        self.custodian = custodian
        self.reloading = reloading
    }

    /// Until SIGTERM or SIGINT. SIGHUP reads the configuration again.
    func run() async throws {
        // Before systemd is told that it may send one.
        let signals = Signals.handled()
        journal.started(
            version: version, mailboxes: configuration.mailboxes.count, socket: configuration.socket.path)
        let events = MailboxEventHandler(mailboxes: mailboxes, custodian: custodian, journal: journal, notification: notification)
        notification.ready(events.summary)
        var services: [any Service] = [
            Running { await cancelWhenGracefulShutdown { await events.run() } },
            Running { [server, custodian, journal, notification] in
                await withGracefulShutdownHandler {
                    await server.run()
                } onGracefulShutdown: {
                    notification.stopping()
                    journal.stopping()
                    // Those who wait get their answer before their connections go.
                    Task {
                        await custodian.stop()
                        server.stop()
                    }
                }
            },
        ]
        if let watchdog = Watchdog(mailboxes: mailboxes, custodian: custodian, notification: notification) {
            services.append(Running { await cancelWhenGracefulShutdown { await watchdog.run() } })
        }
        if let path = configuration.workerSocket {
            let push = WorkerPush(path: path, custodian: custodian) { [journal] in journal.pushed($0) }
            services.append(Running { await cancelWhenGracefulShutdown { await push.run() } })
        }
        // The group says nothing of its own: what the daemon logs is the journal's.
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                logger: Logger(label: "services") { _ in SwiftLogNoOpLogHandler() }))
        try await withThrowingTaskGroup { tasks in
            tasks.addTask { [reloading] in
                for await signal in signals {
                    if signal == SIGHUP {
                        await reloading.reload(events)
                    } else {
                        await group.triggerGracefulShutdown()
                    }
                }
            }
            try await group.run()
            tasks.cancelAll()
        }
        await mailboxes.stop()
    }
}

/// A service that is one function.
private struct Running: Service {
    let body: @Sendable () async -> Void
    func run() async throws { await body() }
}
