/// How the walk ends.
enum Ending: Error, Equatable, Sendable {
    /// The recipe matches each page that was looked at.
    case looked
    case loggedIn
    /// Logged in, but the command that the recipe runs then has failed.
    case followFailed(String)
    /// By the page on which the password is requested, or by the login; with the line that says so.
    case refused(String)
    /// The page says in this line that the service is closed for now.
    case closed(String)
    case failed(PageFailure)
    /// The page is none that the recipe describes.
    case unknown(Misfit)
    /// No password arrived in time.
    case noPassword(String)
    /// The daemon cannot be reached, or does not hand out passwords.
    case noDaemon(String)
    /// The daemon does not serve this user.
    case notAllowed(String)
    /// The daemon has no mailbox of that name.
    case noMailbox(String)

    /// The exit status: from sysexits.h where it has one, 1 for a refusal.
    var status: Int32 {
        switch self {
        case .looked, .loggedIn: 0
        case .refused: 1
        // The recipe has to be changed: a dialog, a host, or a form that sends secrets in a URL.
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
        case .looked: "the recipe matches the pages that were looked at"
        case .loggedIn: "logged in"
        case .followFailed(let reason): "logged in, but the command in then failed: \(reason)"
        case .refused(let line): "refused; the page says: 「\(line)」"
        case .closed(let line): "closed for now; the page says: 「\(line)」"
        case .failed(let failure): "\(failure)"
        case .unknown(let misfit):
            "the recipe does not match the page; change the recipe and try it with --look: \(misfit)"
        case .noPassword(let reason), .noDaemon(let reason), .notAllowed(let reason), .noMailbox(let reason): reason
        }
    }
}
