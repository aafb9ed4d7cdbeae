import Glibc
import Secrets
import Testing
import Trials

@testable import IMAP

/// A look at a mailbox of a server that stops answering somewhere.
@Suite struct ProbeTests {
    /// What the server still says, one answer for each line that it gets, before it is silent for good.
    private static let scripts: [(name: String, answers: [String])] = [
        ("greeting", []),
        ("capability", ["* OK ready"]),
        ("login", ["* OK ready", "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n1 OK x"]),
        (
            "opening",
            [
                "* OK ready", "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n1 OK x", "2 OK x",
                "* CAPABILITY IMAP4rev1\r\n3 OK x",
            ]
        ),
        (
            "search",
            [
                "* OK ready", "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n1 OK x", "2 OK x",
                "* CAPABILITY IMAP4rev1\r\n3 OK x", "* 3 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n4 OK [READ-WRITE] x",
            ]
        ),
    ]

    /// The timeout of a command or a greeting would come later, and say nothing of the look's own end.
    @Test(arguments: chosen(scripts) { $0.name }) func itEndsWhereverTheServerIsSilent(
        _ script: (name: String, answers: [String])
    ) async throws {
        let server = try SilentServer(script.answers)
        defer { server.end() }
        let probe = await look(at: server.port, within: .seconds(2))
        #expect(probe.isOutOfTime)
        let last = try #require(probe.steps.last)
        #expect(probe.error == .timeout(during: last.phase(host: "127.0.0.1")))
        // In their order, each once: on a busy machine it may not come as far as the server would let it.
        let works: [ProbeStep.Work] = [.credential, .connection, .login, .opening, .search]
        #expect(probe.steps.map(\.work) == Array(works.prefix(probe.steps.count)))
    }

    /// Silent from the first on, there is one step that it can be at.
    @Test func whereTheTimeWentIsTold() async throws {
        let server = try SilentServer([])
        defer { server.end() }
        let probe = await look(at: server.port, within: .milliseconds(300))
        #expect(probe.steps.map(\.work) == [.credential, .connection])
        #expect(probe.error == .timeout(during: .connecting(host: "127.0.0.1")))
        #expect(try #require(probe.steps.last).took >= .milliseconds(100))
    }

    private func look(at port: Int, within limit: Duration) async -> Probe<Int> {
        let settings = MailboxSettings(
            name: "main", endpoint: Endpoint(host: "127.0.0.1", port: port, protection: .off), user: "user",
            credential: { () throws(CredentialError) in .password(Secret(Array("secret".utf8))) },
            sender: "a@example.com", marks: MarkNames(claimed: "$C", used: "$U", rejected: "$R"))
        return await Probe.look(settings, within: limit) { _ in .none }
    }
}

/// A server on loopback that says some lines to its one client, and then nothing.
private final class SilentServer: Sendable {
    let port: Int
    private let descriptor: Int32

    init(_ answers: [String]) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isListening)
        (self.descriptor, port) = (descriptor, Int(UInt16(bigEndian: address.sin_port)))
        // Without an answer the kernel takes the connection, and that is all.
        guard !answers.isEmpty else { return }
        let isStarted = BlockingThread.start {
            let connection = accept(descriptor, nil, nil)
            var received = [UInt8](repeating: 0, count: 4096)
            for answer in answers {
                let bytes = Array("\(answer)\r\n".utf8)
                guard send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) > 0,
                    recv(connection, &received, received.count, 0) > 0
                else { break }
            }
            while recv(connection, &received, received.count, 0) > 0 {}
            close(connection)
        }
        try #require(isStarted)
    }

    func end() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }
}
