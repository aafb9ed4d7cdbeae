/// Reads the items of a FETCH (RFC 3501, section 7.4.2), in any order, among any others.
///
/// If the items can no longer be distinguished, those before that point are kept; the end of the response is known
/// regardless.
struct FetchReader {
    private(set) var response: FetchResponse
    private(set) var leftOut: [LeftOut] = []
    /// Items that came twice: which of them is true, nobody knows.
    private var seen: Set<String> = []

    private let keywords: [String]

    init(sequenceNumber: UInt32, keywords: [String]) {
        response = FetchResponse(sequenceNumber: sequenceNumber)
        self.keywords = keywords
    }

    mutating func read(_ scanner: inout ResponseScanner) {
        scanner.skipSpaces()
        guard scanner.take("(") else { return leaveOut("the items") }
        while true {
            scanner.skipSpaces()
            if scanner.take(")") { return }
            let name = scanner.atom().uppercased()
            guard !name.isEmpty else { return leaveOut("an item") }
            guard item(name, &scanner) else { return leaveOut("an item") }
        }
    }

    private mutating func leaveOut(_ part: StaticString) { leftOut.append(LeftOut(part, of: "FETCH")) }

    /// False where nobody knows what comes after it.
    private mutating func item(_ name: String, _ scanner: inout ResponseScanner) -> Bool {
        switch name {
        case "UID":
            scanner.skipSpaces()
            let uid = scanner.nonZero32()
            scanner.skipWord()
            if uid == nil { leaveOut("the UID") }
            if seen.insert(name).inserted { response.uid = uid } else if response.uid != uid { response.uid = nil }
            return true
        case "FLAGS":
            scanner.skipSpaces()
            let start = scanner
            guard let list = FlagList(&scanner, keywords: keywords) else {
                scanner = start
                response.hasUnknownFlags = true
                leaveOut("the flags")
                return scanner.skipToItem()
            }
            if list.hasOthers { leaveOut("a flag") }
            let isFirst = seen.insert(name).inserted
            response.flags = isFirst ? list.flags : nil
            if !isFirst { response.hasUnknownFlags = true }
            return true
        case "INTERNALDATE":
            scanner.skipSpaces()
            guard let text = scanner.nstring() else {
                leaveOut("INTERNALDATE")
                return scanner.skipValue()
            }
            response.internalDate = InternalDate.unixTime(text)
            if response.internalDate == nil, !text.isEmpty { leaveOut("INTERNALDATE") }
            return true
        case "RFC822.SIZE":
            scanner.skipSpaces()
            // An estimate it may be: it tells one message from another, and never how long one is.
            response.size = scanner.number()
            scanner.skipWord()
            return true
        case "MODSEQ":
            scanner.skipSpaces()
            let isInParentheses = scanner.take("(")
            scanner.skipSpaces()
            let number = scanner.number()
            scanner.skipWord()
            scanner.skipSpaces()
            if isInParentheses, !scanner.take(")") { return false }
            if number == nil { leaveOut("MODSEQ") }
            // 0 is no change's number (RFC 7162, section 3.1.2.1).
            response.modSeq = seen.insert(name).inserted && number != 0 ? number : nil
            return true
        // RFC822 is another name for BODY[] (RFC 3501, section 7.4.2), and some answer with the item as it was asked for.
        case "BODY" where scanner.take("[]"), "BODY.PEEK" where scanner.take("[]"), "RFC822":
            if scanner.take("<") {
                // Some answer with the whole of what was asked for: `<0.32768>`.
                let origin = scanner.number()
                if scanner.take(".") { _ = scanner.number() }
                guard scanner.take(">"), origin == 0 else { return scanner.skipValue() }
            }
            scanner.skipSpaces()
            let isQuoted = scanner.peek == UInt8(ascii: "\"")
            guard let text = scanner.nstring() else { return false }
            let isFirst = seen.insert(name).inserted
            response.body = isFirst ? isQuoted ? ResponseScanner.unescaped(text) : Array(text) : nil
            return true
        default:
            if scanner.take("[") {
                while let byte = scanner.peek, byte != UInt8(ascii: "]") {
                    if byte == UInt8(ascii: "\"") {
                        guard scanner.quoted() != nil else { return false }
                    } else {
                        scanner.advance()
                    }
                }
                guard scanner.take("]") else { return false }
                if scanner.take("<") {
                    guard scanner.number() != nil else { return false }
                    if scanner.take(".") { _ = scanner.number() }
                    guard scanner.take(">") else { return false }
                }
            }
            return scanner.skipValue()
        }
    }
}
