import Glibc
import Testing
import Trials
import Varlink

@testable import Handoff

@Suite struct AccessTests {
    private func peer(_ user: uid_t, _ group: gid_t, _ others: [gid_t] = []) -> PeerCredentials {
        PeerCredentials(user: user, group: group, process: 1, supplementaryGroups: others)
    }

    @Test func usersAndGroups() throws {
        let access = try Access(["root", "4711", "@daemon", "@4712"])
        let daemon = try #require(Access.groupNumber("daemon"))
        #expect(access.allows(peer(0, 99)))
        #expect(access.allows(peer(4711, 99)))
        #expect(access.allows(peer(99, daemon)))
        #expect(access.allows(peer(99, 99, [98, 4712])))
        // A user is no group, and the other way round.
        #expect(!access.allows(peer(4712, 99)))
        #expect(!access.allows(peer(99, 4711, [4711])))
        #expect(!access.allows(peer(99, 0, [0])))
    }

    @Test func nobodyIsNobody() throws {
        #expect(!(try Access([])).allows(peer(0, 0, [0])))
    }

    @Test(arguments: chosen(["no-such-user-here", "@no-such-group-here", "", "@", "-1", "@-1", "99999999999"]))
    func unknownNames(_ name: String) {
        #expect(throws: Access.UnknownName(name: name)) { try Access([name]) }
    }
}
