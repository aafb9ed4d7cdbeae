/// What the daemon needs descriptors for, and so how many clients it can serve at once under a low limit: those who connect must
/// not leave the mailboxes without.
struct DescriptorUse {
    /// The standard streams, the event loop's, the socket's, and what is opened for a moment.
    private static let base = 14
    /// Deliveries to a worker.
    private static let worker = 16
    /// Of a mailbox: its connection, two to wake its thread, a timer, and two while it looks up, connects or asks for a credential.
    private static let mailbox = 6
    /// Fewer clients than that are no service.
    private static let fewest = 8

    private let others: Int

    init(_ configuration: Configuration) {
        self.init(mailboxes: configuration.mailboxes.count, hasWorker: configuration.workerSocket != nil)
    }

    init(mailboxes: Int, hasWorker: Bool) {
        others = Self.base + (hasWorker ? Self.worker : 0) + mailboxes * Self.mailbox
    }

    /// Connections of clients that there is room for.
    func connections(of limit: Int, wanted: Int) -> Int { max(min(limit - others, wanted), Self.fewest) }

    /// Mailboxes that can be looked at beside their being watched, and a few clients served.
    func looks(of limit: Int) -> Int { max((limit - others - Self.fewest) / Self.mailbox, 1) }
}
