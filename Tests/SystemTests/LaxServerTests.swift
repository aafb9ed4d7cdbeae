import Testing
import Trials

/// However lax a server is in what it says, each of its passwords is handed out, and once.
@Suite(.staged) struct LaxServerTests {
    private static let quirks: [Quirk] =
        Quirk.items + Quirk.forms + Quirk.numbers + Quirk.permanentFlags + Quirk.stores + Quirk.chatter
        + Quirk.capabilityLists + Quirk.selects + Quirk.searches + Quirk.idles + [Quirk.gmail]
        + Quirk.watched + Quirk.otherFlags + Quirk.vagueStores + Quirk.firstLogins + Quirk.secondLogins + Quirk.awaited
        + Quirk.refusals + Quirk.turns + Quirk.restless

    /// A mail that is there, and one that comes while it is watched.
    @Test(arguments: chosen(quirks)) func eachPasswordIsHandedOutOnce(quirk: Quirk) async throws {
        let server = try LaxServer(quirk)
        let letters = [try Letter(), try Letter()]
        server.mailbox.append(letters[0])
        let daemon = try await Daemon.start(Configuration(try server.configured()))
        try await daemon.watching()
        let peer = try Peer(daemon)
        #expect(try await claim(quirk, peer) == letters[0].password)
        server.mailbox.append(letters[1])
        #expect(try await claim(quirk, peer) == letters[1].password)
        #expect(try await peer.call("org.secom-otpd.Handoff.Claim").contains("NoPassword"))
        isAsPromised(server, try await daemon.watching())
        #expect(!quirk.staysConnected || server.connections == 1, "\(server.connections) connections")
    }

    /// A server that announces what is not there is not asked without end.
    @Test(arguments: chosen(Quirk.restless)) func itIsAskedNowAndThen(quirk: Quirk) async throws {
        let server = try LaxServer(quirk)
        server.mailbox.append(try Letter())
        server.mailbox.append(try Letter())
        let daemon = try await Daemon.start(Configuration(try server.configured()))
        try await daemon.watching()
        let before = server.mailbox.commands
        try await background { ProcessorTime.spend(seconds: 1) }
        #expect(server.mailbox.commands - before < 60)
    }

    /// All of them at once, in one daemon.
    @Test func allTogether() async throws {
        let servers = try Self.quirks.map { try LaxServer($0) }
        var passwords: [String] = []
        func deliver() throws {
            for server in servers {
                let letter = try Letter()
                passwords.append(letter.password)
                server.mailbox.append(letter)
            }
        }
        try deliver()
        let daemon = try await Daemon.start(Configuration(try servers.map { try $0.configured() }))
        // One of them hangs up again and again: they need not all be watched in the same moment.
        try await daemon.status("each has been watched") {
            $0.mailboxes.allSatisfy { $0.state == "watching" || $0.reconnects > 0 }
        }
        try deliver()
        let peer = try Peer(daemon)
        var claimed: [String] = []
        for server in servers + servers { claimed.append(try await claim(server.quirk, peer)) }
        #expect(claimed.sorted() == passwords.sorted())
        #expect(try await peer.call("org.secom-otpd.Handoff.Claim").contains("NoPassword"))
        let status = try await daemon.status()
        for server in servers { isAsPromised(server, status) }
        let peak = try daemon.peakResidentKiB
        #expect(peak < 80 * 1024, "\(peak) KiB at the most")
    }

    private func claim(_ quirk: Quirk, _ peer: Peer) async throws -> String {
        // What is marked nowhere and was there before the daemon is in doubt.
        let isInDoubt = quirk.mark == nil
        let parameters = #"{"mailbox":"\#(quirk.name)","waitSeconds":240,"includeInDoubt":\#(isInDoubt)}"#
        do { return try await peer.claim(parameters).password } catch {
            Issue.record("\(quirk): \(peer.messages.last ?? "no reply")")
            throw error
        }
    }

    private func isAsPromised(_ server: LaxServer, _ status: Status) {
        let quirk = server.quirk
        let mailbox = status.mailboxes.first { $0.name == quirk.name }
        #expect(mailbox?.claims == quirk.claims, "\(quirk)")
        #expect(mailbox?.arrival == quirk.arrival, "\(quirk)")
        let flags = server.mailbox.flags.suffix(2)
        if let mark = quirk.mark {
            #expect(flags.allSatisfy { $0.contains(mark) }, "\(quirk): \(flags)")
        } else {
            #expect(flags.allSatisfy { $0.isEmpty }, "\(quirk): \(flags)")
        }
    }
}
