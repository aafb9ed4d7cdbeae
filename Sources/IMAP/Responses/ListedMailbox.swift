/// A mailbox from a LIST response (RFC 3501, section 7.2.2).
struct ListedMailbox: Equatable, Sendable {
    /// In lower case, such as `\\noselect`.
    let attributes: Set<String>
    /// As the server has it, in modified UTF-7 mostly. At most 1 000 bytes, none of them a NUL or a line end.
    let name: [UInt8]

    var isSelectable: Bool { attributes.isDisjoint(with: ["\\noselect", "\\nonexistent"]) }

    /// Nil where it makes no sense.
    init?(_ scanner: inout ResponseScanner) {
        scanner.skipSpaces()
        guard let list = FlagList(&scanner) else { return nil }
        scanner.skipSpaces()
        guard scanner.skipValue() else { return nil }
        scanner.skipSpaces()
        var name: [UInt8]
        switch scanner.peek {
        case UInt8(ascii: "\""): name = scanner.quoted().map(ResponseScanner.unescaped) ?? []
        case UInt8(ascii: "{"), UInt8(ascii: "~"): name = scanner.literal().map { Array($0) } ?? []
        default:
            let start = scanner.index
            while let byte = scanner.peek, byte > 0x20 { scanner.advance() }
            name = Array(scanner.read(since: start))
        }
        guard 1...1000 ~= name.count, !name.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else { return nil }
        attributes = Set(list.flags.map { $0.lowercased() })
        self.name = name
    }
}
