/// How both programs end (sysexits.h).
public enum ExitStatus: Int32, Sendable {
    case success = 0
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case noPassword = 75
    case notAllowed = 77
    case configuration = 78
}
