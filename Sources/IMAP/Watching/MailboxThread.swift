import Glibc

/// What a mailbox's thread does: one session after another.
struct MailboxThread<Reading: Sendable> {
    private let channel: MailboxChannel<Reading>

    init(_ channel: MailboxChannel<Reading>) { self.channel = channel }

    func run() {
        var policy = ReconnectPolicy()
        var memory = MailboxMemory()
        var sessions = 0
        var lastTold: IMAPError?
        while true {
            channel.update {
                if $0.state != .failed { $0.state = sessions == 0 && $0.error == nil ? .connecting : .retrying }
                $0.nextAttemptAt = nil
                $0.reconnects = max(sessions - 1, 0)
            }
            var watchingSince: ContinuousClock.Instant?
            let error = oneSession(&memory) {
                watchingSince = .now
                sessions += 1
                lastTold = nil
                channel.update { $0.reconnects = sessions - 1 }
            }
            channel.disconnected(error)
            if let watchingSince { policy.watched(for: watchingSince.duration(to: .now)) }
            if error == .cancelled { return }
            let delay = memory.division.takesReconnect() ? .zero : policy.failed(error, jitter: .random(in: 0...1))
            let next = channel.now.wall + Double(delay.components.seconds)
            channel.update {
                // What an operator must mend is a failure; what mends itself is a retry. Both are tried again.
                if case .loginRefused = error { $0.state = .failed } else { $0.state = .retrying }
                $0.error = error
                $0.nextAttemptAt = next
            }
            channel.tries(after: delay)
            if error != lastTold { channel.emit(.interrupted(error, retryIn: delay)) }
            lastTold = error
            guard wait(delay) else { return }
        }
    }

    /// Runs one session to its end and tells what ended it.
    private func oneSession(_ memory: inout MailboxMemory, onWatching: () -> Void) -> IMAPError {
        do throws(IMAPError) {
            let settings = channel.settings
            let session = try Session(to: settings.endpoint, keywords: settings.keywords, stop: channel.stop)
            session.stream.leftOut = { [channel] in channel.leftOut($0) }
            try logIn(session)
            let watch = try Watch(session, channel, memory)
            channel.opened {
                $0.claims = watch.claims
                $0.isReadOnly = watch.isReadOnly
                $0.uidValidity = watch.uidValidity
            }
            channel.emit(.opened(uidValidity: watch.uidValidity))
            do throws(IMAPError) {
                try watch.catchUp()
                onWatching()
                channel.update {
                    $0.state = .watching
                    $0.error = nil
                    $0.arrival = watch.arrival
                }
                channel.emit(.watching)
                try watch.run()
            } catch {
                watch.abandon(error)
                memory = watch.memory
                if error == .cancelled { session.logOut(endingIdle: watch.isIdling) }
                throw error
            }
        } catch { return error }
    }

    /// The credential lives no longer than this.
    private func logIn(_ session: Session) throws(IMAPError) {
        let credential: Credential
        do { credential = try channel.settings.credential() } catch { throw .credential(reason: error.reason) }
        try session.logIn(channel.settings.user, credential)
    }

    /// Waits before the next attempt; false when the daemon stops.
    private func wait(_ delay: Duration) -> Bool {
        let deadline = Deadline.after(delay)
        var descriptors: [pollfd] = []
        while !deadline.hasPassed {
            if case .stopped = poll(&descriptors, stop: channel.stop, until: deadline) { return false }
        }
        return true
    }
}
