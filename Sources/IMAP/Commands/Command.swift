/// One command, ready to be sent, and how much its answer may hold. A pure value; each command's own file makes it.
struct Command: Equatable, Sendable {
    let name: CommandName
    /// What follows the tag. Holds no secret, and nothing that was not vetted.
    let text: String
    /// Whom its FETCH responses are about: those of other messages were pushed meanwhile.
    var uids: ClosedRange<UInt32>?
    var bounds = ResponseStream.Bounds()
}
