/// A password or token: bytes that must never leak.
///
/// It has no way to be printed or encoded: `description` never reveals the bytes, a mirror shows none, and there is no
/// `Codable`. Whoever needs the bytes borrows them, for as short as can be. The page after it is wiped when the last
/// reference goes.
public final class Secret: Sendable, CustomStringConvertible, CustomReflectable {
    private let page: LockedPage

    /// Copies the bytes into a locked page. The caller's own copy is the caller's to wipe.
    public init(_ bytes: some Collection<UInt8>) {
        page = LockedPage(bytes)
    }

    /// Number of bytes.
    public var count: Int { page.count }

    /// Lends the bytes for the length of the call. They must not be kept.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try page.withBytes(body)
    }

    /// Not the secret: it must not get into a log by accident.
    public var description: String { "(secret)" }
    /// Nothing, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
