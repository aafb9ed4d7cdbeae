/// Reads the tokens of one framed response (RFC 3501, section 9). Never beyond its end, never backwards.
struct ResponseScanner {
    private let bytes: [UInt8]
    private var index = 0
    private let end: Int

    /// A trailing CRLF does not count.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        end = bytes.suffix(2) == [13, 10] ? bytes.count - 2 : bytes.count
    }

    init(_ bytes: ArraySlice<UInt8>) { self.init(Array(bytes)) }

    var isAtEnd: Bool { index == end }
    var isAtDigit: Bool { peek.map(Self.isDigit) ?? false }
    private var peek: UInt8? { index < end ? bytes[index] : nil }
    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    /// Takes exactly this text, or nothing.
    mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard end - index >= count else { return false }
        for offset in 0..<count where bytes[index + offset] != text.utf8Start[offset] { return false }
        index += count
        return true
    }

    /// A number of at most 63 bits (RFC 7162, section 7: mod-sequence-value), or nil without moving.
    mutating func number() -> UInt64? {
        var value: UInt64 = 0
        var position = index
        while position < end, Self.isDigit(bytes[position]) {
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.addingReportingOverflow(UInt64(bytes[position] - UInt8(ascii: "0")))
            guard !tooLarge, !overflow, sum <= UInt64(Int64.max) else { return nil }
            value = sum
            position += 1
        }
        guard position > index else { return nil }
        index = position
        return value
    }

    /// An ATOM, perhaps empty: printable ASCII without the specials. A `[` ends it too: `BODY[]` is a name and a section.
    mutating func atom() -> String {
        let first = index
        while let byte = peek, byte != UInt8(ascii: "["), Self.isAtomCharacter(byte) { index += 1 }
        return String(decoding: bytes[first..<index], as: UTF8.self)
    }

    private static func isAtomCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "*"),
            UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "]"):
            false
        default: 0x21...0x7E ~= byte
        }
    }

    /// Base64 up to the end (RFC 3501, base64), or nil.
    mutating func base64() -> String? {
        let first = index
        while let byte = peek,
            Self.isDigit(byte) || 0x41...0x5A ~= byte & 0xDF || byte == 0x2B || byte == 0x2F || byte == 0x3D
        {
            index += 1
        }
        return isAtEnd && index > first ? String(decoding: bytes[first..<index], as: UTF8.self) : nil
    }

    /// Atoms with one space before each: a capability list.
    mutating func atoms(separatedFromStart: Bool = true) -> Bool {
        var first = !separatedFromStart
        while !isAtEnd {
            // Courier and others end the line with a space.
            if take(" "), isAtEnd { return true }
            if !first, bytes[index - 1] != UInt8(ascii: " ") { return false }
            guard !atom().isEmpty else { return false }
            first = false
        }
        return true
    }

    /// `(\Seen $Keyword \*)`, perhaps empty, and those of its flags that are sound. Another client may have set a keyword
    /// that is not: that mail must not end the session, now and at every try.
    mutating func flagList() -> [UInt8]? {
        guard take("(") else { return nil }
        var sound: [UInt8] = [UInt8(ascii: "(")]
        while !take(")") {
            if take(" ") { continue }
            let first = index
            while let byte = peek, byte > 0x20, byte != UInt8(ascii: "("), byte != UInt8(ascii: ")") { index += 1 }
            guard index > first else { return nil }
            let flag = bytes[first..<index]
            let name = flag.first == UInt8(ascii: "\\") ? flag.dropFirst() : flag
            guard flag.elementsEqual("\\*".utf8) || (!name.isEmpty && name.allSatisfy(Self.isAtomCharacter)) else {
                continue
            }
            if sound.count > 1 { sound.append(UInt8(ascii: " ")) }
            sound.append(contentsOf: flag)
        }
        sound.append(UInt8(ascii: ")"))
        return sound
    }

    /// `1:5,7`, each number from 1 to 2^32-1.
    mutating func sequenceSet() -> Bool {
        repeat {
            guard let low = number(), 1...UInt64(UInt32.max) ~= low else { return false }
            if take(":") { guard let high = number(), 1...UInt64(UInt32.max) ~= high else { return false } }
        } while take(",")
        return true
    }

    /// What follows `* SEARCH`. A `(MODSEQ n)` comes only where a search asked for it, and ours never do.
    mutating func searchResult() throws(ResponseBreach) -> Bool {
        while take(" ") {
            if isAtEnd { return true }
            guard let uid = number(), 1...UInt64(UInt32.max) ~= uid else { throw .badNumber(in: "SEARCH") }
        }
        return true
    }

    /// A response code up to its `]`, the `[` being taken already: its atom and what follows the space.
    mutating func responseCode() -> (atom: String, argument: ArraySlice<UInt8>)? {
        let name = atom()
        guard !name.isEmpty else { return nil }
        let hasArgument = take(" ")
        let first = index
        while let byte = peek, byte != UInt8(ascii: "]") { index += 1 }
        guard peek != nil else { return nil }
        defer { index += 1 }
        guard hasArgument || first == index else { return nil }
        return (name, bytes[first..<index])
    }

    struct FetchItems {
        var uid: UInt32?
        /// The items that we use, other than UID, each with a space before it.
        var others: [UInt8] = []
    }

    /// The items of a FETCH up to the closing parenthesis. Items that we never ask for are read over.
    mutating func fetchItems() throws(ResponseBreach) -> FetchItems? {
        var items = FetchItems()
        // Growing it would leave copies behind that nobody wipes.
        items.others.reserveCapacity(end - index)
        var seen: Set<String> = []
        while !take(")") {
            _ = take(" ")
            let first = index
            let name = atom().uppercased()
            guard !name.isEmpty else { return nil }
            var isKept = true
            switch name {
            case "UID":
                guard take(" "), let uid = number(), let uid = UInt32(exactly: uid), uid > 0 else {
                    throw .badNumber(in: "UID")
                }
                if let earlier = items.uid, earlier != uid { return nil }
                items.uid = uid
                isKept = false
            case "FLAGS":
                guard take(" "), let flags = flagList() else { return nil }
                guard seen.insert(name).inserted else { return nil }
                items.others.append(contentsOf: " FLAGS ".utf8)
                items.others.append(contentsOf: flags)
                isKept = false
            case "INTERNALDATE":
                guard take(" ") else { return nil }
                // A message whose date the server has lost must not end the session, now and at every try.
                isKept = !take("NIL")
                guard !isKept || internalDate() else { return nil }
            case "RFC822.SIZE":
                guard take(" "), let size = number(), size <= UInt64(UInt32.max) else {
                    throw .badNumber(in: "RFC822.SIZE")
                }
            case "MODSEQ":
                guard take(" ("), number() != nil, take(")") else { throw .badNumber(in: "MODSEQ") }
            case "BODY" where take("[]"):
                if take("<") {
                    guard let origin = number(), origin <= UInt64(UInt32.max), take(">") else {
                        throw .badNumber(in: "BODY[]")
                    }
                }
                guard take(" "), nstring() else { return nil }
            default:
                guard try skipUnknownItem() else { return nil }
                isKept = false
            }
            guard isKept else { continue }
            guard seen.insert(name).inserted else { return nil }
            items.others.append(UInt8(ascii: " "))
            items.others.append(contentsOf: bytes[first..<index])
        }
        return items
    }

    /// `"17-Jul-1996 02:44:25 -0700"` (RFC 3501, date-time).
    private mutating func internalDate() -> Bool {
        guard end - index >= 28, bytes[index] == UInt8(ascii: "\""), bytes[index + 27] == UInt8(ascii: "\"") else {
            return false
        }
        for (offset, wanted) in "dd-aaa-dddd dd:dd:dd sdddd".utf8.enumerated() {
            let byte = bytes[index + 1 + offset]
            let fits =
                switch wanted {
                case UInt8(ascii: "d"): Self.isDigit(byte) || (offset == 0 && byte == UInt8(ascii: " "))
                case UInt8(ascii: "a"): UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                case UInt8(ascii: "s"): byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
                default: byte == wanted
                }
            guard fits else { return false }
        }
        let month = String(decoding: bytes[index + 4..<index + 7], as: UTF8.self).lowercased()
        guard CivilDate.months.contains(where: { $0.lowercased() == month }) else { return false }
        index += 28
        return true
    }

    /// The value of `name` in ` ("name" "Dovecot" ...)`, what follows `* ID` (RFC 2971, section 3.2). Nil where there is none, or it is no
    /// quoted string.
    mutating func nameInID() -> String? {
        guard take(" (") else { return nil }
        while !isAtEnd {
            let key = index
            guard quoted() else { return nil }
            let isName = String(decoding: bytes[key..<index], as: UTF8.self).lowercased() == "\"name\""
            guard take(" ") else { return nil }
            let value = index
            guard nstring() else { return nil }
            if isName {
                guard bytes[value] == UInt8(ascii: "\"") else { return nil }
                return String(decoding: bytes[value + 1..<index - 1], as: UTF8.self)
            }
            guard take(" ") else { return nil }
        }
        return nil
    }

    /// NIL, a quoted string or a literal; the framer has made sure that a literal's bytes are all here.
    private mutating func nstring() -> Bool { take("NIL") || quoted() || literal() }

    private mutating func quoted() -> Bool {
        guard take("\"") else { return false }
        while let byte = peek {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"):
                guard let escaped = peek, escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\") else {
                    return false
                }
                index += 1
            case 0, 10, 13: return false
            default: break
            }
        }
        return false
    }

    private mutating func literal() -> Bool {
        guard take("{"), let size = number() else { return false }
        _ = take("+")
        guard take("}\r\n"), let size = Int(exactly: size), end - index >= size else { return false }
        index += size
        return true
    }

    /// Reads over an item that is not ours: perhaps `[...]` and `<n>`, then a value of any balanced form.
    private mutating func skipUnknownItem() throws(ResponseBreach) -> Bool {
        if take("[") {
            while let byte = peek, byte != UInt8(ascii: "]") { index += 1 }
            guard take("]") else { return false }
            if take("<") { guard number() != nil, take(">") else { return false } }
        }
        guard take(" ") else { return false }
        var depth = 0
        repeat {
            _ = depth > 0 && take(" ")
            if take("(") {
                depth += 1
                guard depth <= 16 else { throw .nestingTooDeep }
            } else if depth > 0, take(")") {
                depth -= 1
            } else if peek == UInt8(ascii: "\"") {
                guard quoted() else { return false }
            } else if peek == UInt8(ascii: "{") {
                guard literal() else { return false }
            } else {
                let isFlag = take("\\")
                guard !atom().isEmpty || isFlag else { return false }
            }
        } while depth > 0
        return true
    }
}
