/// Whose call it was, as the kernel says: for the log alone, nothing is decided by it.
public struct Caller: Equatable, Sendable {
    public let user: UInt32
    public let process: Int32

    public init(user: UInt32, process: Int32) {
        self.user = user
        self.process = process
    }
}
