import NIOCore

/// Why a stream of bytes cannot be cut into messages.
public enum FrameError: Error, Equatable, CustomStringConvertible {
    /// More than this many bytes came without a NUL.
    case messageTooLong(maximum: Int)

    public var description: String {
        switch self {
        case .messageTooLong(let maximum): "a message is longer than \(maximum) bytes"
        }
    }
}

/// Cuts a stream of bytes into messages, each ended by one NUL (UAPI.20, "Framing"), whatever pieces the bytes come in.
///
/// Each byte is looked at once. The start of a message costs no more memory than `maximumLength`, give or take what was
/// appended last; what has been taken out is given back.
public struct FrameDecoder: Sendable {
    /// The longest message, in bytes, its NUL not counted.
    public let maximumLength: Int
    private var buffer = ByteBuffer()
    /// How many readable bytes are known to hold no NUL.
    private var searched = 0

    public init(maximumLength: Int) {
        self.maximumLength = maximumLength
    }

    /// How many bytes wait to be taken.
    public var count: Int { buffer.readableBytes }

    /// Adds what has come in.
    public mutating func append(_ bytes: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.discardReadBytes()
            buffer.writeImmutableBuffer(bytes)
        }
    }

    /// Takes the next whole message, without its NUL; nil where it has not come yet.
    public mutating func next() throws(FrameError) -> ByteBuffer? {
        let unsearched = buffer.readableBytesView.dropFirst(searched)
        guard let end = unsearched.firstIndex(of: 0) else {
            searched = buffer.readableBytes
            if searched > maximumLength { throw .messageTooLong(maximum: maximumLength) }
            if searched == 0 { buffer = ByteBuffer() }
            return nil
        }
        searched = 0
        let length = end - buffer.readerIndex
        if length > maximumLength { throw .messageTooLong(maximum: maximumLength) }
        let message = buffer.readSlice(length: length)
        buffer.moveReaderIndex(forwardBy: 1)
        return message
    }
}
