import Glibc
import Handoff
import Ledger
import Logging
import ProcessRuntime
import ServiceLifecycle
import ConfigurationFile
import Varlink

/// The daemon, wired: mailboxes to custodian to socket.
struct Daemon {
    private let configuration: Configuration
    private let reloading: Reloading
    private let journal: Journal
    private let notification: ServiceNotification
    private let mailboxes: WatchedMailboxes
    private let custodian: Custodian
    private let check: DaemonCheck
    private let server: VarlinkServer
    private let executor: EventLoopExecutor

    /// Listens and begins to watch.
    init(
        _ configuration: Configuration, _ socket: ListeningSocket, _ journal: Journal,
        _ notification: ServiceNotification, _ executor: EventLoopExecutor,
        reading: @escaping @Sendable () throws(ConfigurationError) -> Configuration
    ) async throws {
        self.configuration = configuration
        self.journal = journal
        self.notification = notification
        // RuntimeDirectory= of the unit
        let directory = getenv("RUNTIME_DIRECTORY").map { String(cString: $0) }
        let kept = RuntimeMemory(directory: directory) { journal.memoryNotKept($0) }
        let mailboxes = WatchedMailboxes(configuration, PoisonMessages(directory: directory), kept, journal)
        let custodian = Custodian(
            mailboxes: Set(configuration.mailboxes.map(\.name)), memory: kept?.memory ?? Memory(), keeper: mailboxes,
            clock: SystemClock { try await executor.sleep(for: $0) }, executor: executor, log: { journal.ledger($0) })
        let reloading = try Reloading(
            configuration, mailboxes: mailboxes, custodian: custodian, journal: journal, notification: notification,
            reading: reading)
        var limits = VarlinkLimits.handoff
        let needed = limits.connections
        limits.connections = DescriptorUse(configuration).connections(of: DescriptorLimit.now, wanted: needed)
        if limits.connections < needed {
            journal.fewDescriptors(limit: DescriptorLimit.now, connections: limits.connections)
        }
        let check = DaemonCheck(mailboxes)
        let interface = try HandoffInterface(
            version: version, custodian: custodian, access: { reloading.access }, mailboxes: { mailboxes.reports },
            checks: check)
        let info = ServiceInfo(
            vendor: "secom-otpd", product: "secom-otpd", version: version, url: "")
        server = try await VarlinkServer(
            on: socket, service: VarlinkService(info, interfaces: [interface]), limits: limits,
            eventLoop: executor.eventLoop, executor: executor)
        self.executor = executor
        self.mailboxes = mailboxes
        self.check = check
        self.custodian = custodian
        self.reloading = reloading
    }

    /// Until SIGTERM or SIGINT. SIGHUP reads the configuration again.
    func run() async throws {
        // Before systemd is told that it may send one.
        let signals = Signals.handled()
        journal.started(
            version: version, mailboxes: configuration.mailboxes.count, socket: configuration.socket.path)
        let events = MailboxEventHandler(
            mailboxes: mailboxes, custodian: custodian, journal: journal, notification: notification)
        notification.ready(events.summary)
        var services: [any Service] = [
            Running(executor) { await events.run() },
            Serving(
                server: server, custodian: custodian, check: check, journal: journal, notification: notification,
                executor: executor),
        ]
        if let watchdog = Watchdog(journal: journal, notification: notification, executor: executor) {
            services.append(Running(executor) { await watchdog.run() })
        }
        if let path = configuration.workerSocket {
            let push = WorkerPush(
                path: path, deliveryTimeout: configuration.deliveryTimeout, custodian: custodian, executor: executor
            ) { [journal] in
                journal.pushed($0)
            }
            services.append(Running(executor) { await push.run() })
        }
        // The group says nothing of its own: what the daemon logs is the journal's.
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                logger: Logger(label: "services") { _ in SwiftLogNoOpLogHandler() }))
        // One reload after the other, and of those that are asked for meanwhile one; a stop waits for none.
        let (reloads, wish) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        try await withThrowingTaskGroup { tasks in
            tasks.addTask {
                for await signal in signals {
                    if signal == SIGHUP { wish.yield() } else { await group.triggerGracefulShutdown() }
                }
            }
            tasks.addTask { [reloading] in
                for await _ in reloads { await reloading.reload(events) }
            }
            try await group.run()
            tasks.cancelAll()
        }
        // Every wait of a mailbox's thread ends at once. What cannot be ended, such as a read from a file server that is gone, ends
        // with the process.
        try? await executor.run(until: .now + .seconds(5)) { [mailboxes] in await mailboxes.stop() }
        journal.flush()
    }
}
