/// The commands that are sent here, as the RFCs name them.
public enum CommandName: String, Equatable, Sendable {
    case capability = "CAPABILITY"
    case examine = "EXAMINE"
    case id = "ID"
    case idle = "IDLE"
    case logout = "LOGOUT"
    case noop = "NOOP"
    case notify = "NOTIFY"
    case select = "SELECT"
    case startTLS = "STARTTLS"
    case uidCopy = "UID COPY"
    case uidExpunge = "UID EXPUNGE"
    case uidFetch = "UID FETCH"
    case uidMove = "UID MOVE"
    case uidSearch = "UID SEARCH"
    case uidStore = "UID STORE"
}
