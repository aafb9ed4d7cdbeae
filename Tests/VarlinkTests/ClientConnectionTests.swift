import NIOCore
import NIOEmbedded
import Synchronization
import Testing
import Trials

@testable import Varlink

/// A client's connection, and what its callers were told.
private struct Connected {
    private final class Told: Sendable {
        let results = Mutex<[String]>([])
    }

    let connection = ClientConnection(maximumReply: 1024)
    let channel: EmbeddedChannel
    private let told = Told()

    init() throws {
        channel = EmbeddedChannel(handler: connection)
        channel.connect(to: try SocketAddress(unixDomainSocketPath: "/x"), promise: nil)
    }

    func call(_ id: UInt64, _ mode: CallMessage.Mode = .single) {
        connection.send(CallMessage(method: "a.b.C", mode: mode), id: id, waiter: waiter(id))
    }

    func awaitNext(_ id: UInt64) { connection.awaitNext(id: id, waiter: waiter(id)) }

    func comes(_ text: String) throws { try channel.writeInbound(ByteBuffer(string: text + "\0")) }

    /// Taken away once it is looked at.
    var results: [String] {
        told.results.withLock { results in
            defer { results = [] }
            return results
        }
    }

    private func waiter(_ id: UInt64) -> ClientConnection.Waiter {
        { [told] result in
            let text =
                switch result {
                case .success(.parameters(_, let continues)): continues ? "more" : "done"
                case .success(.error(let error)): error.name
                case .failure(let failure): failure.description
                }
            told.results.withLock { $0.append("\(id) \(text)") }
        }
    }
}

@Suite struct ClientConnectionTests {
    private let closed = VarlinkClientError.closed.description

    /// Found by the fuzzer: the second caller waited for ever.
    @Test(arguments: chosen([false, true])) func whoGivesUpLeavesNobodyWaiting(serviceHangsUpFirst: Bool) throws {
        let connected = try Connected()
        connected.call(1, .more)
        connected.call(2)
        try connected.comes(#"{"continues":true}"#)
        #expect(connected.results == ["1 more"])
        if serviceHangsUpFirst { connected.channel.close(promise: nil) }
        connected.connection.close()
        #expect(connected.results == ["2 \(closed)"])
        connected.awaitNext(1)
        connected.call(3)
        #expect(connected.results == ["1 \(closed)", "3 \(closed)"])
    }

    @Test func whatHasComeIsStillHadAfterTheServiceHungUp() throws {
        let connected = try Connected()
        connected.call(1, .more)
        connected.call(2)
        for reply in [#"{"continues":true}"#, #"{"continues":true}"#, "{}", #"{"error":"a.b.D"}"#] {
            try connected.comes(reply)
        }
        connected.channel.close(promise: nil)
        #expect(connected.results == ["1 more"])
        connected.awaitNext(1)
        #expect(connected.results == ["1 more"])
        connected.awaitNext(1)
        #expect(connected.results == ["1 done", "2 a.b.D"])
    }
}
