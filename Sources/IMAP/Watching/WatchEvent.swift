/// What happens to a watch.
enum WatchEvent: Equatable, Sendable {
    /// An untagged response, a continuation, or the end of the oldest command that is under way.
    case response(Response)
    /// The time that ``WatchState/deadline(_:)`` named has come, or it is time to begin.
    case deadline
    /// A mark is to be made; the number comes back with its answer.
    case mark(Int, MarkRequest.Subject)
    /// Somebody waits for a mail until then; nil: nobody does any more.
    case awaited(until: Deadline?)
    /// What the reader made of messages.
    case judged([Judgement])
}
