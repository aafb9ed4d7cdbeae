import Handoff
import Ledger
import ProcessRuntime
import Synchronization

/// What SIGHUP does: reads the configuration again, and switches to it if it is valid.
///
/// Unchanged mailboxes and waiting claims are not affected. Settings that take effect only at start (the socket and
/// the worker's) stay as they were.
final class Reloading: Sendable {
    /// As the daemon was started with it.
    private let first: Configuration
    private let lists: Mutex<AccessLists>
    private let mailboxes: WatchedMailboxes
    private let custodian: Custodian
    private let journal: Journal
    private let notification: ServiceNotification
    private let reading: @Sendable () throws(ConfigurationError) -> Configuration

    /// - Throws: ``Access/UnknownName``.
    init(
        _ configuration: Configuration, mailboxes: WatchedMailboxes, custodian: Custodian, journal: Journal,
        notification: ServiceNotification, reading: @escaping @Sendable () throws(ConfigurationError) -> Configuration
    ) throws {
        first = configuration
        lists = Mutex(try AccessLists(configuration.socket))
        self.mailboxes = mailboxes
        self.custodian = custodian
        self.journal = journal
        self.notification = notification
        self.reading = reading
    }

    /// Who may call what, now.
    var access: AccessLists { lists.withLock { $0 } }

    /// Reads the configuration again. Where it is wrong everything stays.
    func reload(_ events: MailboxEventHandler) async {
        notification.reloading()
        do {
            // The file, and the databases of users and groups, which may be on a server: not on the event loop.
            let (configuration, access) = try await beside("reload") { [reading] in
                Result {
                    let configuration = try reading()
                    return (configuration, try AccessLists(configuration.socket))
                }
            }.get()
            lists.withLock { $0 = access }
            await custodian.accessChanged()
            await custodian.configured(Set(configuration.mailboxes.map(\.name)))
            await mailboxes.apply(configuration)
            journal.reloaded(
                mailboxes: configuration.mailboxes.count, needsRestart: first.needsRestart(to: configuration))
            notification.warn(nil)
        } catch NotDone.cancelled {
            // The daemon stops.
            return
        } catch {
            journal.reloadRefused("\(error)")
            let summary = (error as? ConfigurationError)?.summary ?? "\(error)"
            notification.warn("The new configuration was refused, the previous one stays in effect: \(summary)")
        }
        notification.ready(events.summary)
    }
}

extension AccessLists {
    /// - Throws: ``Access/UnknownName``.
    fileprivate init(_ socket: Configuration.Socket) throws {
        self.init(claim: try socket.claim.map(Access.init), status: try socket.status.map(Access.init))
    }
}
