/// How much of a message is read. Past a bound it is malformed: no mail of a few lines comes near one of them.
public struct Limits: Sendable {
    /// Bytes of the whole message.
    public var message = 4 << 20
    /// Fields in one header.
    public var headerFields = 1_000
    /// Bytes of one header.
    public var header = 256 << 10
    /// Multiparts within multiparts.
    public var depth = 24
    /// Entities of any kind.
    public var parts = 400
    /// Bytes of decoded text, all parts together.
    public var text = 1 << 20

    /// Links in one HTML text.
    public var links = 4_096

    /// The bounds above.
    public init() {}
}

/// Why a message cannot be read: it exceeds a bound, or is broken where reading on would be guessing.
public enum MalformedMessage: Error, Sendable, Equatable {
    case messageTooLarge, tooManyHeaderFields, headerTooLarge, nestedTooDeep, tooManyParts, tooMuchText, tooManyLinks
    case multipartWithoutBoundary
}
