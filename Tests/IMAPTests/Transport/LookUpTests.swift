import Glibc
import Testing
import Trials

@testable import IMAP

struct LookUpTests {
    private let stop = EventDescriptor()

    private func found(_ host: String) throws -> [SocketAddress]? {
        try LookUp(Endpoint(host: host, port: 993, protection: .implicit)).wait(stop: stop, until: .after(.seconds(60)))
    }

    /// Needs no resolver, and waits for none.
    @Test(arguments: chosen(["localhost", "localhost.", "LocalHost", "mail.localhost", "mail.localhost."]))
    func thisMachine(_ host: String) throws {
        let addresses = try #require(try found(host))
        #expect(addresses.map(\.family) == [AF_INET6, AF_INET])
        #expect(addresses.allSatisfy { $0.isLoopback })
    }

    @Test func anAddress() throws {
        #expect(
            try found("127.0.0.9")?.map(\.bytes) == [[2, 0, 3, 0xE1, 127, 0, 0, 9] + [UInt8](repeating: 0, count: 8)])
        #expect(try found("::1")?.map(\.family) == [AF_INET6])
    }

    @Test func aNameThatThereIsNot() {
        #expect(throws: IMAPError.self) { try found("no such name") }
    }

    /// Whatever the resolver does meanwhile.
    @Test func aStopIsNotKeptWaiting() {
        stop.signal()
        let lookUp = LookUp(Endpoint(host: "mail.invalid", port: 993, protection: .implicit))
        // What is there already is given; what is not, is not waited for.
        do throws(IMAPError) { _ = try lookUp.wait(stop: stop, until: .after(.seconds(60))) } catch {
            var isExpected = error == .cancelled
            if case .resolution = error { isExpected = true }
            #expect(isExpected)
        }
    }
}
