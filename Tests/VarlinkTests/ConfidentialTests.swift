import NIOCore
import Testing

@testable import Varlink

@Suite struct ConfidentialTests {
    private struct Password: ConfidentialText {
        func withUTF8(_ body: (UnsafeRawBufferPointer) -> Void) {
            Array("correct horse battery staple".utf8).withUnsafeBytes { body($0) }
        }
    }

    @Test func nothingIsLeftInAWipedBuffer() {
        let buffer = ByteBuffer(message: ["password": .confidential(Password())])
        let kept = buffer
        #expect(String(buffer: kept) == "{\"password\":\"correct horse battery staple\"}\0")
        buffer.wipe()
        #expect(kept.readableBytesView.allSatisfy { $0 == 0 })
    }

    /// Growing would leave the outgrown memory behind, unwiped.
    @Test func anOrdinaryMessageNeverOutgrowsItsBuffer() {
        var buffer = ByteBufferAllocator().buffer(capacity: ByteBuffer.ordinaryMessage)
        let before = buffer.withVeryUnsafeBytes { $0.baseAddress }
        buffer.write(.string(String(repeating: "x", count: ByteBuffer.ordinaryMessage - 2)))
        #expect(buffer.withVeryUnsafeBytes { $0.baseAddress } == before)
    }

    @Test func whatIsSentIsWipedAndArrivesWhole() async throws {
        try await withServer { server in
            let client = try await VarlinkClient(connectingTo: server.path)
            for _ in 0..<100 {
                let reply = try await client.call("org.example.test.Echo", ["text": .confidential(Password())])
                #expect(reply["text"]?.string == "correct horse battery staple")
            }
        }
    }
}
