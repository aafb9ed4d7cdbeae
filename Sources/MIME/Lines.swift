/// The lines of a text, without their breaks. LF, CRLF and a bare CR end a line; so does CR CR LF, which gateways make
/// of CRLF by translating it twice.
public struct Lines: Sequence, IteratorProtocol {
    private let text: Bytes
    /// Where the next line starts.
    public private(set) var position: Int
    /// Whether the line returned last had a line break after it.
    public private(set) var hadBreak = true

    /// - Parameter text: with breaks of any kind.
    public init(_ text: Bytes) {
        self.text = text
        position = text.startIndex
    }

    /// The next line, or nil at the end. A break at the very end begins no further one.
    public mutating func next() -> Bytes? {
        guard position < text.endIndex else { return nil }
        let start = position
        let end = text.endOfLine(from: start)
        position = text.startOfNextLine(after: end)
        hadBreak = position > end
        return text[start..<end]
    }
}

extension ArraySlice<UInt8> {
    /// The index of the first line break at or after `index`, or the end.
    func endOfLine(from index: Int) -> Int {
        withUnsafeBufferPointer { buffer in
            var offset = Swift.max(index - startIndex, 0)
            while offset < buffer.count, !buffer[offset].isLineBreak { offset &+= 1 }
            return offset + startIndex
        }
    }

    /// The index after the line break that is at `end`.
    func startOfNextLine(after end: Int) -> Int {
        guard end < endIndex else { return endIndex }
        if self[end] == .lineFeed { return end + 1 }
        var next = end + 1
        // A run of CR counts as one break only where LF ends it.
        while next < endIndex, self[next] == .carriageReturn, next - end < 4 { next += 1 }
        return next < endIndex && self[next] == .lineFeed ? next + 1 : end + 1
    }
}
