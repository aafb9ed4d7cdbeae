/// What SELECT reported about a mailbox (RFC 3501, section 6.3.1; RFC 7162, section 3.1.2).
struct SelectedMailbox: Equatable, Sendable {
    /// As it was opened.
    var name = MailboxName.inbox
    var uidValidity: UInt32 = 0
    /// Nil where the server does not tell.
    var uidNext: UInt32?
    var exists: UInt32 = 0
    /// Flags that are kept; nil where the server does not tell: then all are (RFC 3501, section 7.1).
    var permanentFlags: Set<String>?
    /// The changes of flags are numbered, so that they can be made conditional.
    var numbersChanges = false
    var isReadOnly = false

    /// More than any mailbox has.
    private static let absurd: UInt32 = 10_000_000

    /// How many messages are searched. An EXISTS that is absurd would take searches without end; UIDNEXT, which may be wrong as well, counts only
    /// then: there are no more messages than UIDs were given.
    var searchable: UInt32 { exists > Self.absurd ? min(uidNext.map { $0 &- 1 } ?? Self.absurd, exists) : exists }

    mutating func add(_ response: Response) {
        switch response {
        case .exists(let number): exists = number
        case .status(let status), .tagged(_, let status):
            switch status.code {
            case .uidValidity(let number): uidValidity = number
            case .uidNext(let number): uidNext = number
            case .permanentFlags(let flags): permanentFlags = flags
            case .highestModSeq: numbersChanges = true
            case .plain("NOMODSEQ"): numbersChanges = false
            case .readOnly: isReadOnly = true
            case .readWrite: isReadOnly = false
            default: break
            }
        default: break
        }
    }
}
