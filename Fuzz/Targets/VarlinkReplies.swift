import NIOCore
import NIOEmbedded

@testable import Varlink

/// What a service says to a client that has four calls under way, two of which take several replies. The first byte
/// chooses the pieces that it comes in, and whether those who are busy with a reply come back or give up.
enum FuzzedReplies {
    static func check(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let connection = ClientConnection(maximumReply: 4096)
        let channel = EmbeddedChannel(handler: connection)
        guard let address = try? SocketAddress(unixDomainSocketPath: "/x") else { return }
        channel.connect(to: address, promise: nil)
        let calls = (0..<4).map { Call(id: $0, mode: $0 % 2 == 0 ? .single : .more) }
        for call in calls {
            call.waits()
            connection.send(CallMessage(method: "a.b.C", mode: call.mode), id: call.id) { call.got($0) }
        }
        for piece in Pieces(of: input.dropFirst(), seed: choice) where channel.isActive {
            _ = try? channel.writeInbound(piece)
            for call in calls where call.state == .continued { call.comesBack(to: connection) }
        }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        if choice & 16 == 0 {
            for call in calls { while call.state == .continued { call.comesBack(to: connection) } }
        } else {
            connection.close()
        }
        for call in calls { precondition(call.state != .waiting, "waits for a service that has hung up") }
        // Whoever was answered was so in turn.
        let ends = calls.map { [.answered, .continued].contains($0.state) }
        precondition(!zip(ends, ends.dropFirst()).contains { !$0 && $1 }, "answered out of turn")
    }

    /// One call. All of this happens on one thread.
    private final class Call: @unchecked Sendable {
        enum State { case idle, waiting, continued, answered, failed }

        let id: UInt64
        let mode: CallMessage.Mode
        private(set) var state = State.idle

        init(id: Int, mode: CallMessage.Mode) {
            (self.id, self.mode) = (UInt64(id), mode)
        }

        func waits() { state = .waiting }

        func comesBack(to connection: ClientConnection) {
            waits()
            connection.awaitNext(id: id) { self.got($0) }
        }

        func got(_ result: Result<ReplyMessage, VarlinkClientError>) {
            precondition(state == .waiting, "told what it has not asked for")
            switch result {
            case .success(.parameters(_, continues: true)):
                precondition(mode == .more, "several replies to one call")
                state = .continued
            case .success(let reply):
                let again = try? JSON.object(reply.json).bytes.withUnsafeBytes { try ReplyMessage(parsing: $0) }
                precondition(again == reply, "a reply that is read as another one")
                state = .answered
            case .failure(let error):
                precondition(error.description.utf8.count < 300, "an endless reason")
                precondition(!error.description.utf8.contains { $0 < 0x20 }, "a control character in the reason")
                state = .failed
            }
        }
    }
}
