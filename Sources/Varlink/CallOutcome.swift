/// The outcome of a call: the last message to its client, and who wants to know whether it was written.
struct CallOutcome: Sendable {
    let message: ReplyMessage
    var afterwards: (@Sendable (Delivery) async -> Void)?
}

extension Conversation.Pending {
    /// Carries the call out.
    func answer(
        to peer: Peer, sendReply: @escaping @Sendable (JSON.Object) async -> Delivery
    ) async -> CallOutcome {
        switch route {
        case .error(let error): return CallOutcome(message: .error(error))
        case .interface(let interface, let method):
            let call = Call(
                method: method, parameters: message.parameters, mode: message.mode, peer: peer, received: received,
                sendReply: sendReply)
            do {
                let reply = try await interface.call(call)
                return CallOutcome(message: .parameters(reply.parameters), afterwards: reply.afterwards)
            } catch {
                return CallOutcome(message: .error(error))
            }
        }
    }
}
