import Testing

/// Two daemons on one mailbox, as on two hosts: each password goes out once between them.
@Suite(.staged) struct TwoDaemonsTests {
    @Test func betweenThemEachPasswordGoesOutOnce() async throws {
        let dovecot = try await Dovecot.start()
        let daemons = [
            try await Daemon.start(Configuration(.init(on: dovecot))),
            try await Daemon.start(Configuration(.init(on: dovecot))),
        ]
        for daemon in daemons { try await daemon.watching() }
        // So many that some of the races are close: there Dovecot does not always tell the loser.
        var letters: Set<String> = []
        for _ in 0..<200 {
            let letter = try Letter()
            letters.insert(letter.password)
            try await dovecot.deliver(letter)
        }
        for daemon in daemons { try await daemon.status("all are there") { $0.passwords.count == letters.count } }
        let claimed = try await Self.claimed(from: daemons)
        #expect(claimed.count == letters.count)
        #expect(Set(claimed) == letters)
    }

    @Test func whatOneHoldsTheOtherShows() async throws {
        let dovecot = try await Dovecot.start()
        let (one, two) = (
            try await Daemon.start(Configuration(.init(on: dovecot))),
            try await Daemon.start(Configuration(.init(on: dovecot)))
        )
        for daemon in [one, two] { try await daemon.watching() }
        let letter = try Letter()
        try await dovecot.deliver(letter)
        for daemon in [one, two] { try await daemon.status("it is there") { $0.states == ["available"] } }
        let peer = try Peer(one)
        let password = try await peer.claim()
        try await two.status("the other knows") { $0.states == ["inDoubt"] }
        #expect(try await Client(socket: two.socket).claim().exit == .status(75))
        #expect(try await Client(socket: one.socket).settle(password.id, "unused").exit == .status(0))
        try await two.status("it is free again") { $0.states == ["available"] }
        #expect(try await Client(socket: two.socket).claim().claimed.password == letter.password)
        try await one.status("and used") { $0.states == ["used"] }
    }

    /// What four claimants get at the same time, two of each daemon, until there is nothing left: they race for every password.
    static func claimed(from daemons: [Daemon]) async throws -> [String] {
        try await withThrowingTaskGroup(of: [String].self) { group in
            for daemon in daemons {
                for _ in 0..<2 {
                    group.addTask {
                        var mine: [String] = []
                        let peer = try Peer(daemon)
                        while true {
                            let reply = try await peer.call("org.secom-otpd.Handoff.Claim", #"{"waitSeconds":1}"#)
                            if let password = Self.password(in: reply) {
                                mine.append(password)
                            } else if try await !peer.status().states.contains("available") {
                                break
                            }
                        }
                        return mine
                    }
                }
            }
            return try await group.reduce(into: [String]()) { $0 += $1 }
        }
    }

    /// Who claims what is in doubt may get what another holds; whatever the two then say of it, the daemons say the same.
    @Test func twoWordsOnOnePasswordMakeOneState() async throws {
        let dovecot = try await Dovecot.start()
        let (one, two) = (
            try await Daemon.start(Configuration(.init(on: dovecot))),
            try await Daemon.start(Configuration(.init(on: dovecot)))
        )
        for daemon in [one, two] { try await daemon.watching() }
        for _ in 0..<5 {
            try await dovecot.deliver(Letter())
            let (holder, doubter) = (try Peer(one), try Peer(two))
            let password = try await holder.claim()
            try await two.status("the other knows") { $0.states.contains("inDoubt") }
            #expect(try await doubter.claim(#"{"includeInDoubt":true}"#).id == password.id)
            let settle = "org.secom-otpd.Handoff.Settle"
            async let used = holder.call(settle, #"{"id":"\#(password.id)","outcome":"used"}"#)
            async let rejected = doubter.call(settle, #"{"id":"\#(password.id)","outcome":"rejected"}"#)
            _ = try await (used, rejected)
            try await eventually("the daemons agree") {
                let (first, second) = (try await one.status(), try await two.status())
                let states = [try first.password(password.id).state, try second.password(password.id).state]
                return states[0] == states[1] && ["used", "rejected"].contains(states[0])
            }
        }
    }

    /// The password in a reply to Claim, nil in an error.
    private static func password(in reply: String) -> String? {
        guard let start = reply.firstRange(of: #""password":""#)?.upperBound else { return nil }
        return reply[start...].firstIndex(of: "\"").map { String(reply[start..<$0]) }
    }
}
