/// The parts between the boundary lines of a multipart (RFC 2046, 5.1.1). Preamble and epilogue are no parts; the last
/// part may end with the message. Takes linear time.
struct BodyParts: Sequence, IteratorProtocol {
    private let body: Bytes
    private let delimiter: [UInt8]
    /// Where the part after the last delimiter starts; nil before the first and after the closing one.
    private var partStart: Int?
    private var position: Int

    init(_ body: Bytes, boundary: [UInt8]) {
        self.body = body
        delimiter = [UInt8(ascii: "-"), UInt8(ascii: "-")] + boundary
        position = body.startIndex
        let first = nextDelimiter()
        if let first, !first.isClosing { partStart = position }
    }

    mutating func next() -> Bytes? {
        guard let start = partStart else { return nil }
        guard let delimiter = nextDelimiter() else {
            partStart = nil
            return body[start...]
        }
        partStart = delimiter.isClosing ? nil : position
        return body[start..<Swift.max(start, delimiter.start)]
    }

    /// The next line that is a delimiter: alone on it but for white space. `position` ends after it.
    private mutating func nextDelimiter() -> (start: Int, isClosing: Bool)? {
        while let found = body.firstIndex(of: UInt8(ascii: "-"), from: position) {
            position = found + 1
            guard found == body.startIndex || body[found - 1].isLineBreak, body[found...].starts(with: delimiter)
            else { continue }
            let lineEnd = body.endOfLine(from: found + delimiter.count)
            position = body.startOfNextLine(after: lineEnd)
            var tail = body[(found + delimiter.count)..<lineEnd]
            let isClosing = tail.starts(with: [UInt8(ascii: "-"), UInt8(ascii: "-")])
            if isClosing { tail = tail.dropFirst(2) }
            if tail.allSatisfy(\.isBlank) { return (found, isClosing) }
        }
        return nil
    }
}
