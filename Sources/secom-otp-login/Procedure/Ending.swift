/// How the walk ends.
enum Ending: Error, Equatable, Sendable {
    /// The form of each page was found, or why not.
    case looked
    case loggedIn
    /// Logged in, and what the recipe runs then has failed.
    case followFailed(String)
    /// By the page that the password is asked for on, or by the login.
    case refused(String)
    case closed(String)
    case failed(PageFailure)
    case unknown(Misfit)
    case noPassword(String)
    /// The daemon cannot be reached, or does not hand out.
    case noDaemon(String)
    case notAllowed(String)
    /// No mailbox of that name.
    case noMailbox(String)

    /// As of sysexits.h, where there is one.
    var status: Int32 {
        switch self {
        case .looked, .loggedIn: 0
        case .refused: 1
        // The recipe has no answer, or no such host.
        case .failed(.dialog), .failed(.stranger), .failed(.secretInURL): 78
        case .closed, .failed, .noDaemon: 69
        case .noMailbox: 65
        case .followFailed: 70
        case .noPassword: 75
        case .notAllowed: 77
        case .unknown: 78
        }
    }
}

extension Ending: CustomStringConvertible {
    /// For people: what happened, where, and what to do.
    var description: String {
        switch self {
        case .looked: "the recipe fits what was looked at"
        case .loggedIn: "logged in"
        case .followFailed(let reason): "logged in, but what follows has failed: \(reason)"
        case .refused(let line): "refused: 「\(line)」"
        case .closed(let line): "closed: 「\(line)」"
        case .failed(let failure): "\(failure)"
        case .unknown(let misfit): "the recipe does not fit the page: \(misfit)"
        case .noPassword(let reason), .noDaemon(let reason), .notAllowed(let reason), .noMailbox(let reason): reason
        }
    }
}
