/// Whether every reader of a header finds the same fields in it.
///
/// What checks the author of a mail may see other lines than we do: it may take a carriage return alone, a line feed alone or a NUL for a
/// line's end or for nothing, or end the header at a line that is no field. A forger would write a From for each. So where the
/// readings differ over a field that counts, nobody's is taken.
public struct HeaderReadings {
    private let message: Bytes
    /// The header as we read it, with the empty line after it.
    private let header: Bytes
    private let hasOtherLines: Bool

    /// - Parameters:
    ///   - message: from its header to its end.
    ///   - headerLength: how many bytes of it are the header.
    ///   - hasOtherLines: whether any line of the header is no field.
    public init(_ message: Bytes, headerLength: Int, hasOtherLines: Bool) {
        self.message = message
        self.hasOtherLines = hasOtherLines
        header = message.prefix(headerLength)
    }

    /// Takes linear time, and little where the header is as nearly all are.
    public var agree: Bool {
        let ends = LineEnds(header)
        guard !ends.hasNUL else { return false }
        // Of a text that has no line feed anywhere, nobody can say what its lines are but by its carriage returns.
        if ends.hasBareReturn, ends.lineFeeds > 0 || message.contains(.lineFeed), !isAlike(by: .lineFeed) {
            return false
        }
        // Composers that mix them begin with a line feed alone; what came over SMTP begins with both.
        if ends.beginsWithBoth, ends.hasBareFeed, !isAlike(by: .returnAndFeed) { return false }
        return !hasOtherLines || isFromBeforeOtherLines
    }

    /// Whether a reader whose lines end in another way finds the same fields of those that count.
    private func isAlike(by end: OtherLines.End) -> Bool {
        var ours = HeaderFields(message)
        var others = OtherLines(message, end)
        while true {
            var field = ours.next()
            while let other = field, !Self.counts(other) { field = ours.next() }
            var other = others.next()
            while let field = other, !Self.counts(field) { other = others.next() }
            guard let field, let other else { return field == nil && other == nil }
            guard field.name.startIndex == other.name.startIndex, field.value.endIndex == other.value.endIndex else {
                return false
            }
        }
    }

    private static func counts(_ field: HeaderFields.Field) -> Bool {
        field.isNamed("From") || field.isNamed("Subject") || field.isNamed("Date")
            || field.isNamed("Authentication-Results")
    }

    /// Whether no From follows a line that is no field, where many a reader ends the header, nor hides in such a line.
    private var isFromBeforeOtherLines: Bool {
        var fields = HeaderFields(header)
        var hasEnded = false
        var isFirst = true
        while let line = fields.nextLine() {
            if let field = HeaderFields.field(line) {
                if hasEnded, field.isNamed("From") { return false }
            } else if !isFirst || !Self.isEnvelopeLine(line) {
                hasEnded = true
                if Self.isObscured(line) { return false }
            }
            isFirst = false
        }
        return true
    }

    /// The line that a mailbox file puts before a mail.
    private static func isEnvelopeLine(_ line: Bytes) -> Bool {
        line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8)
    }

    /// Whether a line would be a From for who leaves out what no field's name may hold.
    private static func isObscured(_ line: Bytes) -> Bool {
        let name = line.prefix(64).prefix { $0 != UInt8(ascii: ":") }
        return name.endIndex < line.endIndex && name.filter { $0 &- 0x21 < 0x5E }.equalsIgnoringCase("From")
    }
}

/// How the lines of a header end.
private struct LineEnds {
    private(set) var hasNUL = false
    private(set) var lineFeeds = 0
    /// Whether the first line's end is a carriage return and a line feed.
    private(set) var beginsWithBoth = false
    private(set) var hasBareFeed = false
    private(set) var hasBareReturn = false

    init(_ header: Bytes) {
        hasNUL = header.firstIndex(of: 0, from: header.startIndex) != nil
        var index = header.startIndex
        while let feed = header.firstIndex(of: .lineFeed, from: index) {
            lineFeeds += 1
            if feed == header.startIndex || header[feed - 1] != .carriageReturn {
                hasBareFeed = true
            } else if lineFeeds == 1 {
                beginsWithBoth = true
            }
            index = feed + 1
        }
        index = header.startIndex
        while let start = header.firstIndex(of: .carriageReturn, from: index) {
            index = start + 1
            while index < header.endIndex, header[index] == .carriageReturn { index += 1 }
            // A run that is longer is no single end of a line for us either.
            if index == header.endIndex || header[index] != .lineFeed || index - start > 4 { hasBareReturn = true }
        }
    }
}

/// The fields of a header for a reader who knows one end of a line alone.
private struct OtherLines {
    enum End { case lineFeed, returnAndFeed }

    private let text: Bytes
    private let end: End
    private var position: Int
    private var hasEnded = false

    init(_ text: Bytes, _ end: End) {
        self.text = text
        self.end = end
        position = text.startIndex
    }

    mutating func next() -> HeaderFields.Field? {
        while !hasEnded, position < text.endIndex {
            var line = nextLine()
            guard !line.isEmpty else {
                hasEnded = true
                return nil
            }
            while position < text.endIndex, text[position].isBlank {
                line = text[line.startIndex..<nextLine().endIndex]
            }
            if let field = HeaderFields.field(line) { return field }
        }
        return nil
    }

    /// Without its end.
    private mutating func nextLine() -> Bytes {
        let start = position
        var feed = start
        while feed < text.endIndex {
            let isEnd =
                text[feed] == .lineFeed && (end == .lineFeed || feed > start && text[feed - 1] == .carriageReturn)
            if isEnd { break }
            feed += 1
        }
        position = Swift.min(feed + 1, text.endIndex)
        var lineEnd = feed
        while lineEnd > start, text[lineEnd - 1] == .carriageReturn { lineEnd -= 1 }
        return text[start..<lineEnd]
    }
}
