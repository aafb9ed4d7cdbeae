import Synchronization
import Testing

@testable import secom_otpd

/// Which mailboxes are looked at beside one another, and in which order they are told of.
@Suite struct LooksTests {
    /// Who is looked at now, and how many were at the most.
    private final class Crowd: Sendable {
        private let state = Mutex<(now: Set<String>, most: Int, began: [String])>(([], 0, []))
        func begins(_ name: String) {
            state.withLock {
                $0.now.insert(name)
                $0.most = max($0.most, $0.now.count)
                $0.began.append(name)
            }
        }
        func ends(_ name: String) { state.withLock { _ = $0.now.remove(name) } }
        var most: Int { state.withLock { $0.most } }
        var began: [String] { state.withLock { $0.began } }
    }

    private func run(_ count: Int, account: (Configuration.Mailbox) -> String?, awaiting: Int) async throws -> (
        Crowd, [Int]
    ) {
        let crowd = Crowd()
        var told: [Int] = []
        await Looks.run(try Sample.configuration(mailboxes: count).mailboxes, account: account) { mailbox in
            crowd.begins(mailbox.name)
            while crowd.began.count < awaiting { await Task.yield() }
            // Time in which others would begin.
            for _ in 0..<100 { await Task.yield() }
            crowd.ends(mailbox.name)
            return mailbox.name
        } tell: { index, name in
            #expect(name == "m\(index)")
            told.append(index)
        }
        return (crowd, told)
    }

    @Test func sideBySide() async throws {
        let (crowd, told) = try await run(5, account: { _ in nil }, awaiting: 5)
        #expect(crowd.most == 5 && told == [0, 1, 2, 3, 4])
    }

    @Test func thoseOfOneAccountOneAfterTheOther() async throws {
        let (crowd, told) = try await run(5, account: { _ in "a" }, awaiting: 0)
        #expect(crowd.most == 1 && crowd.began == ["m0", "m1", "m2", "m3", "m4"] && told == [0, 1, 2, 3, 4])
        // Beside those of others.
        let (mixed, order) = try await run(4, account: { $0.name < "m2" ? "a" : "b" }, awaiting: 2)
        #expect(mixed.most == 2 && order == [0, 1, 2, 3])
    }

    @Test func none() async throws {
        let (_, told) = try await run(0, account: { _ in nil }, awaiting: 0)
        #expect(told.isEmpty)
    }
}
