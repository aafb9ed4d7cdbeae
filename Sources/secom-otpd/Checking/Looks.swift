/// Checks several mailboxes in parallel.
enum Looks {
    /// Looks at each, and tells of each in their order, as soon as those before it are told of. Returns when all is told; it does not heed
    /// cancellation: what ends a check early is its own.
    ///
    /// - Parameters:
    ///   - account: those of one are looked at one after the other; nil: beside any others.
    ///   - tell: gets the mailbox's place in the list.
    static func run<Found: Sendable>(
        _ mailboxes: [Configuration.Mailbox], account: (Configuration.Mailbox) -> String? = { _ in nil },
        look: @escaping @Sendable (Configuration.Mailbox) async -> Found, tell: (Int, Found) async -> Void
    ) async {
        // Of each account, what is still to be looked at.
        var queues: [String: ArraySlice<Int>] = [:]
        var first: [Int] = []
        let accounts = mailboxes.map(account)
        for (index, account) in accounts.enumerated() {
            if let account, queues[account]?.append(index) != nil { continue }
            if let account { queues[account] = [] }
            first.append(index)
        }
        await withTaskGroup(of: (index: Int, found: Found).self) { group in
            for index in first { group.addTask { (index, await look(mailboxes[index])) } }
            var seen: [Int: Found] = [:]
            var told = 0
            while let (index, found) = await group.next() {
                if let account = accounts[index], let next = queues[account]?.popFirst() {
                    group.addTask { (next, await look(mailboxes[next])) }
                }
                seen[index] = found
                while let next = seen.removeValue(forKey: told) {
                    await tell(told, next)
                    told += 1
                }
            }
        }
    }
}
