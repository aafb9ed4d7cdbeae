/// The header fields at the start of an entity, one after the other as they are (RFC 5322, 2.2).
///
/// Lenient where mail is: white space before the colon is allowed (4.5.8), a line that is no field is passed over, the
/// header may end with the entity. Takes linear time, and memory of its own for nothing: a caller counts and bounds.
public struct HeaderFields: Sequence, IteratorProtocol {
    /// One field. `value` starts after the colon and keeps its folds.
    public struct Field {
        /// Before the colon.
        public let name: Bytes
        /// After the colon, up to the end of the last line.
        public let value: Bytes

        /// Whether the field has this name, case aside.
        @inlinable public func isNamed(_ name: StaticString) -> Bool { self.name.equalsIgnoringCase(name) }
    }

    private let entity: Bytes
    private var position: Int
    /// Whether the empty line that ends a header was reached.
    public private(set) var isComplete = false
    /// Whether a line that is no field has been passed over.
    public private(set) var hasOtherLines = false

    /// - Parameter entity: begins with its header.
    public init(_ entity: Bytes) {
        self.entity = entity
        position = entity.startIndex
    }

    /// What follows the header, as far as the fields were read.
    public var body: Bytes { entity[position...] }

    /// Number of bytes read so far.
    public var bytesRead: Int { position - entity.startIndex }

    /// The next field, or nil at the end of the header.
    public mutating func next() -> Field? {
        while let line = nextLine() {
            if let field = Self.field(line) { return field }
            hasOtherLines = true
        }
        return nil
    }

    /// The next line with its folds, field or not.
    mutating func nextLine() -> Bytes? {
        guard !isComplete, position < entity.endIndex else { return nil }
        let start = position
        var end = entity.endOfLine(from: start)
        position = entity.startOfNextLine(after: end)
        if end == start {
            isComplete = true
            return nil
        }
        while position < entity.endIndex, entity[position].isBlank {
            end = entity.endOfLine(from: position)
            position = entity.startOfNextLine(after: end)
        }
        return entity[start..<end]
    }

    /// The field that a line is, if it is one.
    static func field(_ line: Bytes) -> Field? {
        var colon = line.startIndex
        // A field name is printable ASCII (RFC 5322, 2.2); blanks may appear before the colon only.
        while colon < line.endIndex, line[colon] &- 0x21 < 0x5E, line[colon] != UInt8(ascii: ":") { colon += 1 }
        let nameEnd = colon
        while colon < line.endIndex, line[colon].isBlank { colon += 1 }
        guard nameEnd > line.startIndex, colon < line.endIndex, line[colon] == UInt8(ascii: ":") else { return nil }
        return Field(name: line[line.startIndex..<nameEnd], value: line[(colon + 1)...])
    }
}

extension ArraySlice<UInt8> {
    /// A field's value without its folds: line breaks go, the white space after them stays (RFC 5322, 2.2.3).
    public var unfolded: Bytes {
        contains(where: \.isLineBreak) ? filter { !$0.isLineBreak }[...] : self
    }
}
