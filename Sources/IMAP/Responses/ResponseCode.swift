/// The code of a status response (RFC 3501, section 7.1; RFC 5530; RFC 7162), where it is one of those that we know.
enum ResponseCode: Equatable, Sendable {
    case capability(Set<String>)
    case highestModSeq(UInt64)
    case modified
    case permanentFlags(Set<String>)
    case uidNext(UInt32)
    case uidValidity(UInt32)
    /// One without arguments, by its name from ``named``.
    case plain(String)

    /// Codes that tell why, without arguments.
    static let named: Set<String> = [
        "READ-ONLY", "READ-WRITE", "NOMODSEQ", "TRYCREATE", "ALERT", "UNAVAILABLE", "AUTHENTICATIONFAILED",
        "AUTHORIZATIONFAILED", "EXPIRED", "PRIVACYREQUIRED", "CONTACTADMIN", "NOPERM", "INUSE", "EXPUNGEISSUED",
        "CORRUPTION", "SERVERBUG", "CLIENTBUG", "CANNOT", "LIMIT", "THROTTLED", "OVERQUOTA", "ALREADYEXISTS",
        "NONEXISTENT", "NOTIFICATIONOVERFLOW",
    ]

    static let readOnly = ResponseCode.plain("READ-ONLY")
    static let readWrite = ResponseCode.plain("READ-WRITE")

    /// Its atom.
    var name: String {
        switch self {
        case .capability: "CAPABILITY"
        case .highestModSeq: "HIGHESTMODSEQ"
        case .modified: "MODIFIED"
        case .permanentFlags: "PERMANENTFLAGS"
        case .uidNext: "UIDNEXT"
        case .uidValidity: "UIDVALIDITY"
        case .plain(let name): name
        }
    }
}
