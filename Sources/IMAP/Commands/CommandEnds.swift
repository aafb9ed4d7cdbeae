/// The ends of the commands that are under way, told in the order in which the commands were sent. A pure value.
///
/// A server may end commands that do not depend on one another in another order (RFC 3501, section 5.5). And some never end an IDLE
/// themselves: what comes after its DONE is answered, and that is its end.
struct CommandEnds {
    private struct Command {
        let tag: Int32, name: CommandName
        /// It is an IDLE, and DONE was sent.
        var isDone = false
        var end: StatusResponse?
    }

    private var sent: [Command] = []
    /// IDLEs that were taken to be at their end and may be told to be.
    private var overdue: [Int32] = []

    /// What the oldest is called; nil: none is under way.
    var oldest: CommandName? { sent.first?.name }

    mutating func sent(_ tag: Int32, _ name: CommandName) { sent.append(Command(tag: tag, name: name)) }

    /// DONE was sent.
    mutating func idleEnded() {
        if let index = sent.lastIndex(where: { $0.name == .idle && !$0.isDone }) { sent[index].isDone = true }
    }

    /// The end of a command. One that was never sent, or has ended, leaves it in doubt whose answer anything is.
    mutating func received(_ tag: Int32, _ status: StatusResponse) throws(IMAPError) {
        if let index = overdue.firstIndex(of: tag) {
            overdue.remove(at: index)
            return
        }
        guard let index = sent.firstIndex(where: { $0.tag == tag && $0.end == nil }) else {
            throw .breach(.unexpectedTag)
        }
        sent[index].end = status
    }

    /// Whether ``next()`` has one.
    var hasNext: Bool {
        guard let first = sent.first else { return false }
        return first.end != nil || first.isDone && sent.contains { $0.end != nil }
    }

    /// The next end in the order of the commands; nil where that has not come.
    mutating func next() -> (tag: Int32, status: StatusResponse)? {
        guard hasNext else { return nil }
        let first = sent.removeFirst()
        if first.end == nil { overdue = overdue.suffix(15) + [first.tag] }
        return (first.tag, first.end ?? .ok)
    }
}
