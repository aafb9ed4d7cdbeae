import Foundation
import Testing
import Trials

@testable import Varlink

@Suite(.timeLimit(.minutes(15))) struct ClientTests {
    private let prefix = "org.example.test."

    @Test func callsAndErrors() async throws {
        try await withServer { server in
            let client = try await VarlinkClient(connectingTo: server.path)
            #expect(
                try await client.call(prefix + "Echo", ["text": "a", "number": nil]) == ["text": "a", "number": nil])
            await #expect(throws: VarlinkClientError.error(VarlinkError(prefix + "Failed", ["reason": "asked for"]))) {
                try await client.call(prefix + "Fail")
            }
            try await client.callOneway(prefix + "Note", ["text": "b"])
            #expect(await server.events.next() == "note b")
            #expect(try await client.call(prefix + "Note") == [:])
        }
    }

    @Test func manyAtOnceGetTheirOwnReplies() async throws {
        try await withServer { server in
            let client = try await VarlinkClient(connectingTo: server.path)
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        try await client.call("org.example.test.Echo", ["text": "\(number)"]) == ["text": "\(number)"]
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func severalReplies() async throws {
        try await withServer { server in
            let client = try await VarlinkClient(connectingTo: server.path)
            var numbers: [Int?] = []
            try await client.call(prefix + "Count", ["to": 1000]) { numbers.append($0["number"]?.int) }
            #expect(numbers == Array(1...1000))
            numbers = []
            await #expect(throws: VarlinkClientError.error(VarlinkError(prefix + "Failed", ["reason": "asked for"]))) {
                try await client.call(prefix + "Fail") { numbers.append($0["number"]?.int) }
            }
            #expect(numbers.isEmpty)
            #expect(try await client.call(prefix + "Note") == [:])
        }
    }

    @Test func aBodyThatThrowsEndsTheConnection() async throws {
        struct Enough: Error {}
        try await withServer { server in
            let client = try await VarlinkClient(connectingTo: server.path)
            await #expect(throws: Enough.self) {
                try await client.call(prefix + "Count", ["to": 1_000_000]) { _ in throw Enough() }
            }
            #expect(await server.events.next() == "ended")
            await #expect(throws: VarlinkClientError.closed) { try await client.call(prefix + "Note") }
        }
    }

    @Test func cancellingACallHangsUp() async throws {
        try await withServer { server in
            let client = try await VarlinkClient(connectingTo: server.path)
            let call = Task { try await client.call("org.example.test.Wait") }
            #expect(await server.events.next() == "waiting ")
            call.cancel()
            await #expect(throws: VarlinkClientError.cancelled) { try await call.value }
            #expect(await server.events.next(2) == ["cancelled ", "ended"])
        }
    }

    @Test func aServerThatStopsIsNoticedAtOnce() async throws {
        try await withServer { server in
            let client = try await VarlinkClient(connectingTo: server.path)
            let waiting = Task { try await client.call("org.example.test.Wait") }
            #expect(await server.events.next() == "waiting ")
            let behind = Task { try await client.call("org.example.test.Note") }
            server.server.stop()
            await #expect(throws: VarlinkClientError.error(VarlinkError("org.example.test.Cancelled"))) {
                try await waiting.value
            }
            await #expect(throws: VarlinkClientError.closed) { try await behind.value }
            await #expect(throws: VarlinkClientError.closed) { try await client.call("org.example.test.Note") }
            await #expect(throws: VarlinkClientError.closed) { try await client.callOneway("org.example.test.Note") }
        }
    }

    @Test func theClientThatIsForgottenHangsUp() async throws {
        try await withServer { server in
            do {
                let client = try await VarlinkClient(connectingTo: server.path)
                _ = try await client.call("org.example.test.Note")
            }
            #expect(await server.events.next(2) == ["note ", "ended"])
        }
    }

    @Test func largeRepliesAndTheirBound() async throws {
        try await withServer { server in
            let client = try await VarlinkClient(connectingTo: server.path)
            let reply = try await client.call(prefix + "Large", ["to": 4_000_000])
            #expect(reply["text"]?.string?.utf8.count == 4_000_000)
            let modest = try await VarlinkClient(connectingTo: server.path, maximumReply: 1000)
            #expect(try await modest.call(prefix + "Large", ["to": 900])["text"] != nil)
            await #expect(throws: VarlinkClientError.breach("a message is longer than 1000 bytes")) {
                try await modest.call(prefix + "Large", ["to": 1100])
            }
            await #expect(throws: VarlinkClientError.self) { try await modest.call(prefix + "Note") }
        }
    }

    @Test func whyItCannotConnect() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/socket"
        await #expect(throws: VarlinkClientError.notFound(path: path)) { try await VarlinkClient(connectingTo: path) }
        close(try ListeningSocket(path: path).descriptor)
        await #expect(throws: VarlinkClientError.refused(path: path)) { try await VarlinkClient(connectingTo: path) }
        for path in [directory.path, #filePath] {
            await #expect(throws: VarlinkClientError.notASocket(path: path)) {
                try await VarlinkClient(connectingTo: path)
            }
        }
        let long = String(repeating: "x", count: 108)
        await #expect(throws: VarlinkClientError.badPath(long)) { try await VarlinkClient(connectingTo: long) }
        await #expect(throws: VarlinkClientError.badPath("")) { try await VarlinkClient(connectingTo: "") }
    }

    @Test(
        arguments: chosen([
            ("garbage\0", VarlinkClientError.breach("not JSON: unexpected byte at byte 0")),
            ("{\"continues\":true}\0", .breach("several replies to one call")),
            ("{\"error\":1}\0", .breach("error has a value of the wrong type")), ("", .closed),
            ("{\"parameters\":", .closed),
            ("{\"error\":\"a.B\"}\0", .error(VarlinkError("a.B"))),
        ]))
    func whateverTheServerSays(bytes: String, error: VarlinkClientError) async throws {
        let directory = try TemporaryDirectory()
        let listening = try ListeningSocket(path: directory.path + "/socket")
        defer { close(listening.descriptor) }
        let client = try await VarlinkClient(connectingTo: directory.path + "/socket")
        Thread.detachNewThread {
            // Answers the first call with these bytes and hangs up.
            let accepted = accept(listening.descriptor, nil, nil)
            var call = [UInt8](repeating: 0, count: 1024)
            _ = recv(accepted, &call, call.count, 0)
            _ = send(accepted, Array(bytes.utf8), bytes.utf8.count, CInt(MSG_NOSIGNAL))
            close(accepted)
        }
        await #expect(throws: error) { try await client.call("a.b.C") }
    }
}
