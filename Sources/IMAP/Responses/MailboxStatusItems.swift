/// The result of a STATUS (RFC 3501, section 7.2.4); nil for items that it does not contain.
struct MailboxStatusItems: Equatable, Sendable {
    var messages: UInt32?
    var uidNext: UInt32?
    var uidValidity: UInt32?

    /// Reads what follows the mailbox's name; nil where that makes no sense. The name is not looked at: one mailbox is asked for.
    init?(_ scanner: inout ResponseScanner) {
        scanner.skipSpaces()
        guard scanner.skipValue() else { return nil }
        scanner.skipSpaces()
        guard scanner.take("(") else { return nil }
        while true {
            scanner.skipSpaces()
            if scanner.take(")") { return }
            let item = scanner.atom().uppercased()
            scanner.skipSpaces()
            let number = scanner.number().flatMap { UInt32(exactly: $0) }
            scanner.skipWord()
            switch item {
            case "MESSAGES": messages = number
            case "UIDNEXT": uidNext = number
            case "UIDVALIDITY": uidValidity = number
            case "": return nil
            default: break
            }
        }
    }

    init(messages: UInt32? = nil, uidNext: UInt32? = nil, uidValidity: UInt32? = nil) {
        (self.messages, self.uidNext, self.uidValidity) = (messages, uidNext, uidValidity)
    }
}
