import Testing

/// The harness itself: without it nothing else is worth reading.
@Suite(.staged) struct ServerTests {
    @Test func aLetterIsInTheMailboxOnceDelivered() async throws {
        let dovecot = try await Dovecot.start()
        try await dovecot.deliver(Letter())
        #expect(try await dovecot.flags() == [1: []])
        try await dovecot.stop()
        try await dovecot.startAgain()
        #expect(try await dovecot.flags() == [1: []])
    }

    @Test func aSecretIsFoundInBase64Too() throws {
        let stage = try Stage.require()
        let secret = stage.secret(length: 11)
        for padding in ["", "x", "xy", "xyz"] {
            #expect(stage.secrets(in: Base64.encode(Array("\(padding)\(secret)\(padding)".utf8))) == [secret])
        }
        #expect(stage.secrets(in: Base64.encode(Array("another".utf8))).isEmpty)
    }
}
