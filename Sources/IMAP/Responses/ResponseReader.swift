import Secrets

/// Parses framed responses. A pure value.
///
/// Strict where it is unclear where one response ends and the next begins, because a server's text could otherwise be attributed to the
/// wrong command; lenient within a response: what is needed is accepted in any form, and invalid parts are ignored and named.
struct ResponseReader: Sendable {
    /// The first response is the greeting.
    private var awaitsGreeting = true
    /// The parts of the response just read that made no sense.
    private(set) var leftOut: [LeftOut] = []
    /// The keywords of our own, as we spell them.
    private let keywords: [String]

    init(keywords: [String] = []) { self.keywords = keywords }
    /// What servers say of a refusal is kept word for word, for `check`. Else nothing of it is.
    var keepsText = false
    /// What the response just read says, where it is a refusal or an alert.
    private(set) var heard: HeardText?

    mutating func read(_ bytes: [UInt8]) throws(ResponseBreach) -> Response {
        leftOut = []
        heard = nil
        var scanner = ResponseScanner(bytes)
        scanner.skipSpaces()
        // An empty line is in doubt about nothing.
        if scanner.isAtEnd { return .other }
        if awaitsGreeting {
            awaitsGreeting = false
            guard scanner.take("*"), let greeting = status(&scanner),
                [.ok, .preauth, .bye].contains(greeting.condition)
            else { throw .badGreeting }
            return greeting.condition == .bye ? .status(greeting) : .greeting(greeting)
        }
        if scanner.take("+") {
            scanner.skipSpaces()
            return .continuation(challenge: scanner.base64())
        }
        if scanner.take("*") {
            guard !scanner.isAtEnd, scanner.isAtSpace else { throw .notAResponse }
            return untagged(&scanner)
        }
        guard let tag = scanner.number(), let tag = Int32(exactly: tag), !scanner.isAtEnd, scanner.isAtSpace,
            let completion = status(&scanner), [.ok, .no, .bad].contains(completion.condition)
        else { throw .notAResponse }
        return .tagged(tag: tag, completion)
    }

    private mutating func untagged(_ scanner: inout ResponseScanner) -> Response {
        scanner.skipSpaces()
        if scanner.isAtDigit { return numbered(scanner.number(), &scanner) }
        let start = scanner
        if let status = status(&scanner) { return .status(status) }
        scanner = start
        switch scanner.atom().uppercased() {
        case "CAPABILITY": return .capability(capabilities(&scanner))
        case "SEARCH": return .search(numbers(&scanner))
        case "ESEARCH": return .search(extendedSearch(&scanner))
        case "LIST":
            if let mailbox = ListedMailbox(&scanner) { return .list(mailbox) }
            leftOut.append(LeftOut("a mailbox", of: "LIST"))
            return .other
        case "STATUS":
            if let items = MailboxStatusItems(&scanner) { return .mailboxStatus(items) }
            leftOut.append(LeftOut("the items", of: "STATUS"))
            return .other
        case "MYRIGHTS":
            scanner.skipSpaces()
            guard scanner.skipValue() else { return .other }
            scanner.skipSpaces()
            let rights = scanner.peek == UInt8(ascii: "\"") ? scanner.quoted().map { Array($0) } : nil
            return .rights(rights.map { String(decoding: $0, as: UTF8.self) } ?? scanner.atom())
        default: return .other
        }
    }

    private mutating func numbered(_ number: UInt64?, _ scanner: inout ResponseScanner) -> Response {
        scanner.skipSpaces()
        let word = scanner.atom().uppercased()
        let number = number.flatMap { UInt32(exactly: $0) }
        switch (word, number) {
        case ("EXISTS", let number?): return .exists(number)
        case ("EXPUNGE", let number?) where number > 0: return .expunge(number)
        case ("FETCH", let number?) where number > 0:
            var fetch = FetchReader(sequenceNumber: number, keywords: keywords)
            fetch.read(&scanner)
            leftOut += fetch.leftOut
            return .fetch(fetch.response)
        case ("EXISTS", _), ("EXPUNGE", _), ("FETCH", _):
            leftOut.append(LeftOut("the number of a message", of: "EXISTS, EXPUNGE or FETCH"))
            return .other
        default: return .other
        }
    }

    /// Spaces, a condition, and the code that may follow. Of the text after it only what it says of the server's state is read.
    private mutating func status(_ scanner: inout ResponseScanner) -> StatusResponse? {
        scanner.skipSpaces()
        guard let condition = StatusResponse.Condition(rawValue: scanner.atom().uppercased()) else { return nil }
        scanner.skipSpaces()
        let all = scanner.rest
        var status = StatusResponse(condition: condition)
        if scanner.take("[") { status.code = code(&scanner) }
        let isAlert = status.code == .plain("ALERT")
        if isAlert || [.no, .bad, .bye].contains(condition), keepsText { heard = HeardText(all, isAlert: isAlert) }
        if [.no, .bad, .bye].contains(condition) {
            let isCoded = all.first == UInt8(ascii: "[")
            let text = StatusText(isCoded ? all.drop { $0 != UInt8(ascii: "]") } : all)
            status.told = ServerState(text: text)
            status.isAboutRights = condition == .no && text.isAboutRights
            status.isAboutMechanism = text.isAboutMechanism
            if status.state != nil { status.backOff = text.backOff }
        }
        return status
    }

    private mutating func code(_ scanner: inout ResponseScanner) -> ResponseCode? {
        scanner.skipSpaces()
        let name = scanner.atom().uppercased()
        scanner.skipSpaces()
        switch name {
        case "PERMANENTFLAGS":
            if let list = FlagList(&scanner, keywords: keywords) {
                if list.hasOthers { leftOut.append(LeftOut("a flag", of: "PERMANENTFLAGS")) }
                return .permanentFlags(list.flags)
            }
            leftOut.append(LeftOut("the flags", of: "PERMANENTFLAGS"))
        case "UIDVALIDITY":
            if let number = scanner.nonZero32() { return .uidValidity(number) }
            leftOut.append(LeftOut("the number", of: "UIDVALIDITY"))
        case "UIDNEXT":
            if let number = scanner.nonZero32() { return .uidNext(number) }
            leftOut.append(LeftOut("the number", of: "UIDNEXT"))
        case "HIGHESTMODSEQ":
            // 0 is what some tell of an empty mailbox: they number nothing, or not yet.
            if let number = scanner.number() { return number > 0 ? .highestModSeq(number) : .plain("NOMODSEQ") }
            leftOut.append(LeftOut("the number", of: "HIGHESTMODSEQ"))
        case "CAPABILITY": return .capability(capabilities(&scanner, endsAtBracket: true))
        case "MODIFIED": return .modified
        case _ where ResponseCode.named.contains(name): return .plain(name)
        default: break
        }
        return nil
    }

    private mutating func capabilities(_ scanner: inout ResponseScanner, endsAtBracket: Bool = false) -> Set<String> {
        var capabilities: Set<String> = []
        while !scanner.isAtEnd {
            scanner.skipSpaces()
            if scanner.isAtEnd || endsAtBracket && scanner.peek == UInt8(ascii: "]") { break }
            let start = scanner.index
            scanner.skipWord()
            let word = scanner.read(since: start)
            if !word.isEmpty, word.count <= 100, word.allSatisfy(ResponseScanner.isAtomCharacter) {
                if capabilities.count < 1000 { capabilities.insert(String(decoding: word, as: UTF8.self).uppercased()) }
            } else {
                leftOut.append(LeftOut("a word", of: "CAPABILITY"))
                if word.isEmpty { scanner.advance() }
            }
            if leftOut.count > 8 { break }
        }
        return capabilities
    }

    private mutating func numbers(_ scanner: inout ResponseScanner) -> [UInt32] {
        var numbers: [UInt32] = []
        while true {
            scanner.skipSpaces()
            if scanner.isAtEnd { return numbers }
            // `(MODSEQ n)` comes where a search asked for it (RFC 7162, section 3.1.5), and from some servers always.
            if scanner.peek == UInt8(ascii: "(") { return numbers }
            let start = scanner.index
            if let number = scanner.nonZero32(), scanner.isAtSpace {
                numbers.append(number)
                continue
            }
            scanner.skipWord()
            if scanner.index == start { scanner.advance() }
            if leftOut.isEmpty { leftOut.append(LeftOut("something other than a number", of: "SEARCH")) }
        }
    }

    /// The set after ALL in `(TAG "5") UID COUNT 4 ALL 7,9:11` (RFC 4731, section 3.1): some answer so although nobody asked for it.
    /// Where nothing was found there is none.
    private mutating func extendedSearch(_ scanner: inout ResponseScanner) -> [UInt32] {
        scanner.skipSpaces()
        if scanner.peek == UInt8(ascii: "(") { _ = scanner.skipValue() }
        while true {
            scanner.skipSpaces()
            switch scanner.atom().uppercased() {
            case "UID": continue
            case "ALL":
                scanner.skipSpaces()
                return set(&scanner)
            case "": return []
            default: guard scanner.skipValue() else { return [] }
            }
        }
    }

    /// As many numbers as a line of SEARCH has at most, and of each range the last ones.
    private mutating func set(_ scanner: inout ResponseScanner) -> [UInt32] {
        let bound: UInt32 = 32 * 1024
        var numbers: [UInt32] = []
        repeat {
            guard let first = scanner.nonZero32(), let last = scanner.take(":") ? scanner.nonZero32() : first else {
                break
            }
            let (low, high) = (min(first, last), max(first, last))
            let left = bound - UInt32(numbers.count)
            guard left > 0 else { break }
            numbers += (high - low < left ? low : high - left + 1)...high
        } while scanner.take(",")
        if !scanner.isAtSpace {
            leftOut.append(LeftOut("something other than a number", of: "ESEARCH"))
        }
        return numbers
    }
}
