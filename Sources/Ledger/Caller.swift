/// Whose call it was, according to the kernel: only for the log, not for decisions.
public struct Caller: Equatable, Sendable {
    public let user: UInt32
    public let process: Int32

    public init(user: UInt32, process: Int32) {
        self.user = user
        self.process = process
    }
}
