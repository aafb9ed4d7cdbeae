import Secrets

/// Decides what of a server's responses a parser may see. A pure value; the last thing before libetpan.
///
/// Everything that is not needed is left out rather than checked: the text of status responses is replaced, response
/// codes and FETCH items other than those in use are dropped, untagged responses that nobody asked for too. What is needed
/// is checked to the letter of RFC 3501, section 9, and RFC 7162. What cannot be sound ends the session.
struct ResponseVetting: Sendable {
    /// The first response is the greeting.
    private var awaitsGreeting = true
    /// The UIDs that a FETCH may be about: those of the command under way. Others are dropped.
    var askedUIDs: ClosedRange<UInt32> = 1...UInt32.max

    mutating func vet(_ response: [UInt8]) throws(ResponseBreach) -> VettedResponse {
        var scanner = ResponseScanner(response)
        if awaitsGreeting {
            awaitsGreeting = false
            return try Self.greeting(&scanner)
        }
        if scanner.take("+") {
            // A SASL challenge is kept; any other text is replaced.
            let challenge = scanner.take(" ") ? scanner.base64() : nil
            return .init(kind: .continuation, code: nil, bytes: Array("+ \(challenge ?? "go on")\r\n".utf8))
        }
        if scanner.take("* ") { return try untagged(&scanner, response) }
        guard let tag = scanner.number(), let tag = Int32(exactly: tag), scanner.take(" "),
            let condition = VettedResponse.Condition(rawValue: scanner.atom().uppercased())
        else { throw .notAResponse }
        guard [.ok, .no, .bad].contains(condition) else { throw .badSyntax(in: "a tagged response") }
        let (code, text) = try Self.text(&scanner)
        return .init(
            kind: .tagged(tag: tag, condition), code: code,
            bytes: Array("\(tag) \(condition.rawValue) \(text)\r\n".utf8))
    }

    private static func greeting(_ scanner: inout ResponseScanner) throws(ResponseBreach) -> VettedResponse {
        guard scanner.take("* "),
            let condition = VettedResponse.Condition(rawValue: scanner.atom().uppercased()),
            [.ok, .preauth, .bye].contains(condition)
        else { throw .badGreeting }
        // Never with a code: what is told here is asked for later, and a PERMANENTFLAGS here crashes libetpan.
        let (code, _) = try text(&scanner)
        return .init(
            kind: condition == .bye ? .status(.bye) : .greeting, code: code,
            bytes: Array("* \(condition.rawValue) -\r\n".utf8))
    }

    private func untagged(_ scanner: inout ResponseScanner, _ response: [UInt8]) throws(ResponseBreach)
        -> VettedResponse
    {
        if scanner.isAtDigit {
            guard let number = scanner.number(), scanner.take(" ") else { throw .badNumber(in: "an untagged response") }
            return try numbered(number, scanner.atom().uppercased(), &scanner, response)
        }
        let word = scanner.atom().uppercased()
        if let condition = VettedResponse.Condition(rawValue: word) {
            let (code, text) = try Self.text(&scanner)
            return .init(kind: .status(condition), code: code, bytes: Array("* \(word) \(text)\r\n".utf8))
        }
        switch word {
        case "CAPABILITY":
            guard scanner.atoms(), scanner.isAtEnd else { throw .badSyntax(in: word) }
        case "SEARCH":
            guard try scanner.searchResult(), scanner.isAtEnd else { throw .badSyntax(in: word) }
        case "ID":
            // Read here: the parser need not see it.
            return .init(kind: .id(name: scanner.nameInID()), code: nil, bytes: [])
        default:
            return .init(kind: .unknown, code: nil, bytes: [])
        }
        return .init(kind: .data(word), code: nil, bytes: response)
    }

    private func numbered(
        _ number: UInt64, _ word: String, _ scanner: inout ResponseScanner, _ response: [UInt8]
    ) throws(ResponseBreach) -> VettedResponse {
        // First of all a word that we know: what the server makes up has no place in a reason.
        guard ["EXISTS", "RECENT", "EXPUNGE", "FETCH"].contains(word) else {
            return .init(kind: .unknown, code: nil, bytes: [])
        }
        guard let number = UInt32(exactly: number) else { throw .badNumber(in: word) }
        let kind: VettedResponse.Kind
        switch word {
        case "EXISTS": kind = .exists(number)
        case "RECENT": kind = .recent(number)
        case "EXPUNGE":
            guard number > 0 else { throw .badNumber(in: word) }
            kind = .expunge(number)
        case "FETCH":
            guard number > 0 else { throw .badNumber(in: word) }
            return try fetch(number, &scanner)
        default: return .init(kind: .unknown, code: nil, bytes: [])
        }
        guard scanner.isAtEnd else { throw .badSyntax(in: word) }
        return .init(kind: kind, code: nil, bytes: response)
    }

    /// Rebuilds the FETCH from the items that we use. Without a UID, or with one not asked for, it tells only that
    /// something changed.
    private func fetch(_ number: UInt32, _ scanner: inout ResponseScanner) throws(ResponseBreach) -> VettedResponse {
        guard scanner.take(" ("), var items = try scanner.fetchItems(), scanner.isAtEnd else {
            throw .badSyntax(in: "FETCH")
        }
        defer { items.others.wipe() }
        guard let uid = items.uid else { return .init(kind: .fetch(uid: nil), code: nil, bytes: []) }
        guard askedUIDs ~= uid else { return .init(kind: .fetch(uid: nil), code: nil, bytes: []) }
        var bytes = Array("* \(number) FETCH (UID \(uid)".utf8)
        bytes.reserveCapacity(bytes.count + items.others.count + 3)
        bytes.append(contentsOf: items.others)
        bytes.append(contentsOf: ")\r\n".utf8)
        return .init(kind: .fetch(uid: uid), code: nil, bytes: bytes)
    }

    /// Response codes without arguments that tell why (RFC 3501, 5530, 7162).
    private static let plainCodes: Set<String> = [
        "READ-ONLY", "READ-WRITE", "NOMODSEQ", "TRYCREATE", "ALERT", "UNAVAILABLE", "AUTHENTICATIONFAILED",
        "AUTHORIZATIONFAILED", "EXPIRED", "PRIVACYREQUIRED", "CONTACTADMIN", "NOPERM", "INUSE", "EXPUNGEISSUED",
        "CORRUPTION", "SERVERBUG", "CLIENTBUG", "CANNOT", "LIMIT", "OVERQUOTA", "ALREADYEXISTS", "NONEXISTENT",
    ]

    /// Codes whose arguments libetpan reads: kept when their form is right.
    private static let argumentCodes: Set<String> = [
        "PERMANENTFLAGS", "UIDVALIDITY", "UIDNEXT", "HIGHESTMODSEQ", "CAPABILITY", "MODIFIED",
    ]

    /// What stands behind a condition: the code, and a text of our own that carries the code if the parser needs it.
    private static func text(_ scanner: inout ResponseScanner) throws(ResponseBreach) -> (code: String?, text: String) {
        guard scanner.take(" ["), let (atom, argument) = scanner.responseCode() else { return (nil, "-") }
        let code = atom.uppercased()
        if plainCodes.contains(code), argument.isEmpty { return (code, code == "ALERT" ? "-" : "[\(code)] -") }
        guard argumentCodes.contains(code) else { return (nil, "-") }
        var inner = ResponseScanner(argument)
        let sound: Bool
        switch code {
        case "PERMANENTFLAGS":
            guard let flags = inner.flagList(), inner.isAtEnd else { throw .badSyntax(in: code) }
            return (code, "[\(code) \(String(decoding: flags, as: UTF8.self))] -")
        case "UIDVALIDITY", "UIDNEXT":
            guard let number = inner.number(), 1...UInt64(UInt32.max) ~= number else { throw .badNumber(in: code) }
            sound = true
        case "HIGHESTMODSEQ":
            guard let number = inner.number(), 1...UInt64(Int64.max) ~= number else { throw .badNumber(in: code) }
            sound = true
        case "MODIFIED": sound = inner.sequenceSet()
        default: sound = inner.atoms(separatedFromStart: false)
        }
        guard sound, inner.isAtEnd else { throw .badSyntax(in: code) }
        return (code, "[\(code) \(String(decoding: argument, as: UTF8.self))] -")
    }
}
