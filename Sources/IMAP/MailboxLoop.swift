import Glibc

/// What a mailbox's thread does: one session after another.
struct MailboxLoop<Reading: Sendable> {
    private let core: MailboxCore<Reading>

    init(_ core: MailboxCore<Reading>) { self.core = core }

    func run() {
        var policy = ReconnectPolicy()
        var memory = FolderMemory()
        var sessions = 0
        var lastTold: IMAPError?
        while true {
            core.update {
                if $0.state != .failed { $0.state = sessions == 0 && $0.error == nil ? .connecting : .retrying }
                $0.nextAttemptAt = nil
                $0.reconnects = max(sessions - 1, 0)
            }
            var watchingSince: ContinuousClock.Instant?
            let error = oneSession(&memory) {
                watchingSince = .now
                sessions += 1
                lastTold = nil
                core.update { $0.reconnects = sessions - 1 }
            }
            core.disconnected(error)
            if let watchingSince { policy.watched(for: watchingSince.duration(to: .now)) }
            if error == .cancelled { return }
            let delay = policy.failed(error, jitter: .random(in: 0...1))
            let next = core.now + Double(delay.components.seconds)
            core.update {
                // What an operator must mend is a failure; what mends itself is a retry. Both are tried again.
                if case .loginRefused = error { $0.state = .failed } else { $0.state = .retrying }
                $0.error = error
                $0.nextAttemptAt = next
            }
            core.tries(after: delay)
            if error != lastTold { core.emit(.interrupted(error, retryIn: delay)) }
            lastTold = error
            guard wait(delay) else { return }
        }
    }

    /// Runs one session to its end and tells what ended it.
    private func oneSession(_ memory: inout FolderMemory, onWatching: () -> Void) -> IMAPError {
        do throws(IMAPError) {
            let settings = core.settings
            let session = try Session(to: settings.endpoint, stop: core.stop)
            try logIn(session)
            let watch = try Watch(session, core, memory)
            defer { memory = watch.knowledge }
            core.opened {
                $0.claims = watch.claims
                $0.isReadOnly = watch.isReadOnly
                $0.uidValidity = watch.uidValidity
            }
            core.emit(.opened(uidValidity: watch.uidValidity))
            try watch.catchUp()
            onWatching()
            core.update {
                $0.state = .watching
                $0.error = nil
                $0.arrival = watch.arrival
            }
            core.emit(.watching)
            do throws(IMAPError) { try watch.run() } catch {
                if error == .cancelled { session.logOut() }
                throw error
            }
        } catch { return error }
    }

    /// The credential lives no longer than this.
    private func logIn(_ session: Session) throws(IMAPError) {
        let credential: Credential
        do { credential = try core.settings.credential() } catch { throw .credential(reason: error.reason) }
        try session.logIn(core.settings.user, credential)
    }

    /// Waits before the next attempt; false when the daemon stops.
    private func wait(_ delay: Duration) -> Bool {
        let deadline = Deadline.after(delay)
        var descriptors: [pollfd] = []
        while !deadline.hasPassed {
            if case .stopped = poll(&descriptors, stop: core.stop, until: deadline) { return false }
        }
        return true
    }
}
