import Foundation
import Testing
import Trials

@testable import Varlink

private func call(_ method: String, _ parameters: String = "{}", _ more: String = "") -> String {
    #"{"method":"org.example.test.\#(method)","parameters":\#(parameters)\#(more)}"#
}

@Suite(.timeLimit(.minutes(15))) struct ServerTests {
    @Test(
        arguments: chosen([
            (call("Echo", #"{"text":"a"}"#), #"{"parameters":{"text":"a"}}"#),
            (call("Note"), "{}"),
            (#"{"method":"org.example.test.Note"}"#, "{}"),
            (#"{"method":"org.example.test.Note","parameters":null}"#, "{}"),
            (call("Note", "{}", #","com.example":{"a":1}"#), "{}"),
            (call("Fail"), #"{"error":"org.example.test.Failed","parameters":{"reason":"asked for"}}"#),
            (
                call("Absent"),
                #"{"error":"org.varlink.service.MethodNotImplemented","parameters":{"method":"org.example.test.Absent"}}"#
            ),
            (
                call("Nothing"),
                #"{"error":"org.varlink.service.MethodNotFound","parameters":{"method":"org.example.test.Nothing"}}"#
            ),
            (
                #"{"method":"org.example.other.X"}"#,
                #"{"error":"org.varlink.service.InterfaceNotFound","parameters":{"interface":"org.example.other"}}"#
            ),
            (#"{"method":"X"}"#, #"{"error":"org.varlink.service.InterfaceNotFound","parameters":{"interface":"X"}}"#),
            (#"{"method":""}"#, #"{"error":"org.varlink.service.InterfaceNotFound","parameters":{"interface":""}}"#),
            (
                #"{"method":"org.example.test."}"#,
                #"{"error":"org.varlink.service.MethodNotFound","parameters":{"method":"org.example.test."}}"#
            ),
            (call("Echo"), #"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"text"}}"#),
            (
                call("Echo", #"{"text":"a","other":1}"#),
                #"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"other"}}"#
            ),
            (
                call("Echo", #"{"text":"a","number":1.0}"#),
                #"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"number"}}"#
            ),
            (
                call("Note", "{}", #","upgrade":true"#),
                #"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"upgrade"}}"#
            ),
            (call("Count", #"{"to":3}"#), #"{"error":"org.varlink.service.ExpectedMore"}"#),
            (call("Echo", #"{"text":"a"}"#, #","more":true"#), #"{"parameters":{"text":"a"}}"#),
            (
                #"{"method":"org.varlink.service.GetInfo"}"#,
                #"{"parameters":{"vendor":"Tests","product":"Test","version":"1","url":"https://example.org/","interfaces":["org.varlink.service","org.example.test"]}}"#
            ),
            (
                #"{"method":"org.varlink.service.GetInterfaceDescription","parameters":{"interface":"org.x"}}"#,
                #"{"error":"org.varlink.service.InterfaceNotFound","parameters":{"interface":"org.x"}}"#
            ),
        ]))
    func oneCall(message: String, reply: String) async throws {
        try await withServer { server in
            let received = try await RawClient(server.path).call(message)
            #expect(received == reply)
        }
    }

    @Test(arguments: chosen(["org.varlink.service", "org.example.test"]))
    func descriptionsAreServedWordByWord(name: String) async throws {
        try await withServer { server in
            let client = try await VarlinkClient(connectingTo: server.path)
            let reply = try await client.call(
                "org.varlink.service.GetInterfaceDescription", ["interface": .string(name)])
            #expect(
                reply["description"]?.string
                    == (name == "org.example.test" ? TestInterface.text : ServiceInterface.text))
        }
    }

    @Test(
        arguments: chosen([
            "", "x", "[]", "{}", #"{"method":7}"#, #"{"method":"org.example.test.Note","extra":1}"#,
            #"{"method":"org.example.test.Note","oneway":true,"more":true}"#,
            #"{"method":"org.example.test.Note","oneway":"yes"}"#, #"{"method":"org.example.test.Note"}}"#,
        ]))
    func malformedMessagesCloseTheConnection(message: String) async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            let other = try RawClient(server.path)
            try await client.send(message)
            #expect(try await client.isClosed())
            #expect(try await other.call(call("Note")) == "{}")
        }
    }

    @Test func aMessageThatIsTooLongIsToldSo() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            try await client.send(String(repeating: "x", count: 65537))
            #expect(try await client.receive()?.contains("longer than 65536 bytes") == true)
            #expect(try await client.isClosed())
        }
    }

    @Test func aMessageOfTheLargestSize() async throws {
        try await withServer { server in
            let message = call("Echo", #"{"text":"a"}"#)
            let padded = message + String(repeating: " ", count: 65536 - message.utf8.count)
            let received = try await RawClient(server.path).call(padded)
            #expect(received == #"{"parameters":{"text":"a"}}"#)
        }
    }

    @Test func garbageEndsAWaitingCallToo() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            try await client.send(call("Wait"))
            #expect(await server.events.next() == "waiting ")
            try await client.send("garbage")
            #expect(try await client.isClosed())
            #expect(await server.events.next(2) == ["cancelled ", "ended"])
        }
    }

    @Test func anEndlessMessageIsCutShort() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            await #expect(throws: RawClient.Failure.write(errno: EPIPE)) {
                for _ in 0..<1000 { try await client.write([UInt8](repeating: 0x20, count: 65536)) }
            }
        }
    }

    @Test func aMessageInSmallPieces() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            for byte in Array(call("Echo", #"{"text":"a"}"#).utf8) + [0] {
                try await client.write([byte])
                await Task.yield()
            }
            #expect(try await client.receive() == #"{"parameters":{"text":"a"}}"#)
        }
    }

    @Test func onewayIsNotAnswered() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            try await client.send(call("Note", #"{"text":"1"}"#, #","oneway":true"#))
            try await client.send(call("Fail", "{}", #","oneway":true"#))
            try await client.send(call("NoSuchMethod", "{}", #","oneway":true"#))
            try await client.send(#"{"method":"org.example.other.X","oneway":true}"#)
            #expect(try await client.call(call("Echo", #"{"text":"last"}"#)) == #"{"parameters":{"text":"last"}}"#)
            #expect(await server.events.next() == "note 1")
        }
    }

    @Test func onewayIsCarriedOutAfterItsClientHasGone() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            try await client.write(
                Array((1...3).map { call("Note", #"{"text":"\#($0)"}"#, #","oneway":true"#) + "\0" }.joined().utf8))
            client.close()
            #expect(await server.events.next(4) == ["note 1", "note 2", "note 3", "ended"])
        }
    }

    @Test func severalReplies() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            try await client.send(call("Count", #"{"to":3}"#, #","more":true"#))
            try await client.send(call("Note"))
            var replies: [String?] = []
            for _ in 0..<4 { replies.append(try await client.receive()) }
            #expect(
                replies == [
                    #"{"parameters":{"number":1},"continues":true}"#, #"{"parameters":{"number":2},"continues":true}"#,
                    #"{"parameters":{"number":3}}"#, "{}",
                ])
        }
    }

    @Test func pipelinedCallsAreAnsweredInOrder() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            let count = 2000
            let bytes = (0..<count).map { call("Echo", #"{"text":"\#($0)"}"#) + "\0" }.joined()
            async let sent: Void = client.write(Array(bytes.utf8))
            for number in 0..<count {
                let reply = try await client.receive()
                #expect(reply == #"{"parameters":{"text":"\#(number)"}}"#)
                guard reply != nil else { break }
            }
            try await sent
        }
    }

    @Test func whatIsBehindAWaitingCallComesAfterIt() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            try await client.send(call("Wait", #"{"text":"a"}"#))
            try await client.send(call("Note", #"{"text":"b"}"#))
            #expect(await server.events.next() == "waiting a")
            await server.interface.release()
            #expect(try await client.receive() == #"{"parameters":{"text":"a"}}"#)
            #expect(try await client.receive() == "{}")
            #expect(await server.events.next(2) == ["written a", "note b"])
        }
    }

    @Test func theSeventeenthWaitingCallIsRefused() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            for number in 1...18 { try await client.send(call("Wait", #"{"text":"\#(number)"}"#)) }
            // Whoever is served after them shows that they have been read.
            for _ in 1...3 { _ = try await RawClient(server.path).call(call("Echo", #"{"text":""}"#)) }
            for number in 1...16 {
                while await server.events.next() != "waiting \(number)" {}
                await server.interface.release()
                #expect(try await client.receive() == #"{"parameters":{"text":"\#(number)"}}"#)
            }
            for _ in 17...18 {
                #expect(try await client.receive()?.contains("more than 16 calls are waiting") == true)
            }
            #expect(try await client.call(call("Note")) == "{}")
        }
    }

    @Test func aClientThatHangsUpIsNoticedWhileItsCallWaits() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            try await client.send(call("Wait", #"{"text":"a"}"#))
            try await client.send(call("Note", #"{"text":"never"}"#))
            #expect(await server.events.next() == "waiting a")
            client.close()
            #expect(await server.events.next(2) == ["cancelled a", "ended"])
            #expect(await server.events.isEmpty)
        }
    }

    @Test func aClientThatHangsUpWhileNothingIsReadFromIt() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            // More than may be pending, so that the server has stopped reading.
            for number in 1...40 { try await client.send(call(number == 1 ? "Wait" : "Note", #"{"text":"a"}"#)) }
            #expect(await server.events.next() == "waiting a")
            client.close()
            #expect(await server.events.next(2) == ["cancelled a", "ended"])
        }
    }

    @Test func aClientThatOnlyShutsDownItsWritingSideIsAnswered() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            try await client.send(call("Wait", #"{"text":"a"}"#))
            try await client.send(call("Echo", #"{"text":"b"}"#))
            client.shutdownWriting()
            #expect(await server.events.next() == "waiting a")
            await server.interface.release()
            #expect(try await client.receive() == #"{"parameters":{"text":"a"}}"#)
            #expect(try await client.receive() == #"{"parameters":{"text":"b"}}"#)
            #expect(try await client.isClosed())
            #expect(await server.events.next(2) == ["written a", "ended"])
        }
    }

    @Test func aHalfClosedClientThatThenHangsUpIsNoticed() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            try await client.send(call("Wait", #"{"text":"a"}"#))
            client.shutdownWriting()
            #expect(await server.events.next() == "waiting a")
            client.close()
            #expect(await server.events.next(2) == ["cancelled a", "ended"])
        }
    }

    @Test func whatIsCalledAndHungUpOnAtOnceIsNeverTakenForWritten() async throws {
        try await withServer { server in
            for _ in 0..<50 {
                let client = try RawClient(server.path)
                try await client.send(call("Wait", #"{"text":"a"}"#))
                client.close()
                #expect(await server.events.next(3) == ["waiting a", "cancelled a", "ended"])
            }
        }
    }

    @Test func aReplyThatComesTooLateIsDiscarded() async throws {
        try await withServer { server in
            let client = try RawClient(server.path)
            try await client.send(call("Large", #"{"to":30000000}"#))
            // The reply is far larger than the socket's buffer: it is on its way once it begins to come.
            var first: [UInt8] = []
            first = Array((try? await client.receiveSome()) ?? [])
            #expect(!first.isEmpty)
            client.close()
            #expect(await server.events.next(2) == ["discarded large", "ended"])
        }
    }

    @Test func aClientThatNeverReadsIsClosed() async throws {
        var limits = VarlinkLimits.test
        limits.writeTimeout = .milliseconds(200)
        try await withServer(limits) { server in
            let client = try RawClient(server.path)
            // In one write: on a busy machine the connection may be gone before a second.
            let large = call("Large", #"{"to":1000000}"#)
            try await client.write(Array("\(large)\0\(large)\0".utf8))
            #expect(await server.events.next(2) == ["discarded large", "ended"])
        }
    }

    @Test func aFloodIsHeldBackAndHurtsNobodyElse() async throws {
        try await withServer { server in
            let flooder = try RawClient(server.path)
            try await flooder.send(call("Wait"))
            #expect(await server.events.next() == "waiting ")
            let flood = Task { try await flooder.write([UInt8](repeating: 0, count: 50_000_000)) }
            let other = try RawClient(server.path)
            for _ in 0..<100 { #expect(try await other.call(call("Note")) == "{}") }
            flooder.close()
            _ = await flood.result
        }
    }

    /// All are one user here, who may have three quarters of them.
    @Test func whereAllHaveACallUnderWayOneMoreIsRefused() async throws {
        var limits = VarlinkLimits.test
        limits.connections = 4
        try await withServer(limits) { server in
            var clients: [RawClient] = []
            for number in 1...3 {
                let client = try RawClient(server.path)
                try await client.send(call("Wait", #"{"text":"\#(number)"}"#))
                #expect(await server.events.next() == "waiting \(number)")
                clients.append(client)
            }
            let tooMany = try RawClient(server.path)
            #expect(
                try await tooMany.call(call("Note"))?.contains(
                    "already has 3 connections, the most that one user may have") == true)
            #expect(try await tooMany.isClosed())
            #expect(await server.events.next() == "ended")
            // Who is refused and says nothing is held for a while, and makes room for the next of his kind.
            let silent = try RawClient(server.path)
            var others: [RawClient] = []
            for _ in 0..<64 { others.append(try RawClient(server.path)) }
            #expect(try await silent.isClosed())
            clients[0].close()
            while true {
                // Its place is free a moment after its end has been told.
                if let reply = try? await RawClient(server.path).call(call("Note")), reply == "{}" { break }
            }
        }
    }

    @Test func theLongestSilentOneMakesRoom() async throws {
        var limits = VarlinkLimits.test
        limits.connections = 4
        try await withServer(limits) { server in
            var clients: [RawClient] = []
            for _ in 0..<3 {
                clients.append(try RawClient(server.path))
                #expect(try await clients.last?.call(call("Note")) == "{}")
                #expect(await server.events.next() == "note ")
            }
            // The first has said something since, and what is no call does not count.
            #expect(try await clients[0].call(call("Note")) == "{}")
            try await clients[1].write([UInt8(ascii: "{")])
            let next = try RawClient(server.path)
            #expect(try await next.call(call("Note")) == "{}")
            #expect(try await clients[1].isClosed())
            for client in [clients[0], clients[2], next] { #expect(try await client.call(call("Note")) == "{}") }
        }
    }

    @Test func whoHoldsSomethingMakesNoRoom() async throws {
        var limits = VarlinkLimits.test
        limits.connections = 4
        try await withServer(limits) { server in
            let holder = try RawClient(server.path)
            #expect(try await holder.call(call("Hold")) == "{}")
            for _ in 0..<10 { #expect(try await RawClient(server.path).call(call("Note")) == "{}") }
            #expect(try await holder.call(call("Note")) == "{}")
        }
    }

    @Test func silentClientsKeepNobodyOut() async throws {
        try await withServer { server in
            var silent: [RawClient] = []
            for _ in 0..<400 { silent.append(try RawClient(server.path)) }
            for _ in 0..<10 { #expect(try await RawClient(server.path).call(call("Note")) == "{}") }
        }
    }

    @Test func sixtyFourClientsWaitAtOnce() async throws {
        try await withServer { server in
            var clients: [RawClient] = []
            for number in 0..<64 {
                let client = try RawClient(server.path)
                try await client.send(call("Wait", #"{"text":"\#(number)"}"#))
                #expect(await server.events.next() == "waiting \(number)")
                clients.append(client)
            }
            await server.interface.release()
            for number in 0..<64 {
                #expect(try await clients[number].receive() == #"{"parameters":{"text":"\#(number)"}}"#)
            }
        }
    }

    @Test func credentials() async throws {
        try await withServer { server in
            let client = try await VarlinkClient(connectingTo: server.path)
            let reply = try await client.call("org.example.test.WhoAmI")
            #expect(reply["user"]?.int == Int(getuid()))
            #expect(reply["group"]?.int == Int(getgid()))
            #expect(reply["process"]?.int == Int(getpid()))
            var groups = [gid_t](repeating: 0, count: 1024)
            let count = getgroups(1024, &groups)
            #expect(
                reply["groups"]?.array?.compactMap(\.int).sorted() == groups.prefix(Int(count)).map(Int.init).sorted())
        }
    }

    @Test func stoppingEndsWaitingCallsWithAnAnswer() async throws {
        try await withServer { server in
            let waiting = try RawClient(server.path)
            let idle = try RawClient(server.path)
            #expect(try await idle.call(call("Note")) == "{}")
            try await waiting.send(call("Wait", #"{"text":"a"}"#))
            #expect(await server.events.next(2) == ["note ", "waiting a"])
            server.server.stop()
            #expect(try await idle.isClosed())
            #expect(try await waiting.receive() == #"{"error":"org.example.test.Cancelled"}"#)
            #expect(try await waiting.isClosed())
            #expect(throws: RawClient.Failure.connect(errno: ENOENT)) { try RawClient(server.path) }
        }
    }

    @Test func stoppingWaitsForNobodyForEver() async throws {
        var limits = VarlinkLimits.test
        limits.stopTimeout = .milliseconds(200)
        try await withServer(limits) { server in
            let client = try RawClient(server.path)
            try await client.send(call("Large", #"{"to":30000000}"#))
            _ = try await client.receiveSome()
            server.server.stop()
            #expect(await server.events.next(2) == ["discarded large", "ended"])
        }
    }
}
