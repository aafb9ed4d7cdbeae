import Glibc

/// What a mailbox's thread does: one session after another.
struct MailboxThread<Reading: Sendable> {
    private let channel: MailboxChannel<Reading>

    init(_ channel: MailboxChannel<Reading>) { self.channel = channel }

    func run() {
        var policy = ReconnectPolicy()
        var memory = MailboxMemory()
        var addresses = ServerAddresses()
        var sessions = 0
        var lastTold: (error: IMAPError, isFailure: Bool)?
        var stamp: [Int] = []
        while true {
            channel.update {
                if $0.state != .failed { $0.state = sessions == 0 && $0.error == nil ? .connecting : .retrying }
                $0.nextAttemptAt = nil
                $0.reconnects = max(sessions - 1, 0)
            }
            var watchingSince: ContinuousClock.Instant?
            let error = oneSession(&memory, &addresses, &policy, &stamp) {
                watchingSince = .now
                sessions += 1
                lastTold = nil
                channel.update { $0.reconnects = sessions - 1 }
            }
            addresses.ended(error, hasServed: watchingSince != nil)
            if let watchingSince { policy.watched(for: watchingSince.duration(to: .now)) }
            if error == .cancelled { return }
            let failed = Deadline.now
            var retry = policy.failed(error, jitter: .random(in: 0...1))
            if memory.division.takesReconnect() { retry.delay = .zero }
            if let until = memory.throttling.until { retry.waits(atLeast: until.remaining(from: failed)) }
            channel.tries(at: failed.advanced(by: retry.delay)) {
                // What an operator must fix is a failure; what fixes itself is a retry. Both are tried again.
                $0.state = retry.isFailure ? .failed : .retrying
                $0.error = error
            }
            if lastTold.map({ $0 != (error, retry.isFailure) }) ?? true {
                channel.emit(.interrupted(error, retryIn: retry.delay))
            }
            lastTold = (error, retry.isFailure)
            guard wait(retry, since: failed, stamp) else { return }
        }
    }

    /// Runs one session to its end and tells what ended it.
    private func oneSession(
        _ memory: inout MailboxMemory, _ addresses: inout ServerAddresses, _ policy: inout ReconnectPolicy,
        _ stamp: inout [Int], onWatching: () -> Void
    ) -> IMAPError {
        do throws(IMAPError) {
            let settings = channel.settings
            let session = try Session.open(
                settings.endpoint, &addresses, keywords: settings.keywords, stop: channel.stop)
            session.stream.leftOut = { [channel] in channel.leftOut($0) }
            try logIn(session, &policy, &stamp)
            let watch = try Watch(session, channel, memory)
            channel.opened {
                $0.claims = watch.claims
                $0.isReadOnly = watch.isReadOnly
                $0.uidValidity = watch.uidValidity
            }
            channel.emit(.opened(watch.opened))
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
                channel.closed(error)
                if error == .cancelled { session.logOut(endingIdle: watch.isIdling) }
                throw error
            }
        } catch { return error }
    }

    /// The credential lives no longer than this.
    private func logIn(_ session: Session, _ policy: inout ReconnectPolicy, _ stamp: inout [Int]) throws(IMAPError) {
        // Before it is read: what changes in between is seen as a change.
        stamp = channel.settings.credentialStamp()
        let credential: Credential
        do { credential = try channel.settings.credential() } catch { throw .credential(reason: error.reason) }
        let fingerprint = credential.fingerprint
        try session.logIn(channel.settings.user, credential, hasWorked: policy.hasWorked(fingerprint))
        policy.accepted(fingerprint)
    }

    /// Waits before the next attempt; false when the daemon stops. It is brought forward by a reload, by a credential that is
    /// another now, and by a claim where ``Retry`` allows it.
    private func wait(_ retry: Retry, since failed: Deadline, _ stamp: [Int]) -> Bool {
        var isClaimed = false
        while true {
            isClaimed = channel.takeAwaitedChange() && channel.isAwaited || isClaimed
            if channel.takeRetry() || retry.watchesCredential && channel.settings.credentialStamp() != stamp {
                return true
            }
            let due = retry.due(since: failed, isClaimed: isClaimed, isAwaited: channel.isAwaited)
            channel.tries(at: due)
            if due.hasPassed { return true }
            var descriptors = [pollfd(fd: channel.wake.descriptor, events: Int16(POLLIN), revents: 0)]
            let look = retry.watchesCredential ? min(due, .after(Retry.lookInterval)) : due
            if case .stopped = poll(&descriptors, stop: channel.stop, until: look) { return false }
            channel.wake.drain()
        }
    }
}
