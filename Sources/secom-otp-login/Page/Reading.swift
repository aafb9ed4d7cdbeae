/// What a page means for the walk.
enum Reading: Equatable, Sendable {
    /// The next step can be done.
    case fits(Plan)
    /// It says that what was sent was accepted: a password is requested, or the login succeeded.
    case taken
    /// It says in this line that what was sent was refused.
    case refused(String)
    /// It is none of the pages that the recipe describes.
    case unknown(Misfit)
    /// It says in this line that the service is closed for now.
    case closed(String)
    case failed(PageFailure)
}

/// Why there is no page to read.
enum PageFailure: Equatable, Sendable, CustomStringConvertible {
    /// With the browser's reason, such as `net::ERR_CONNECTION_REFUSED`.
    case unreachable(String)
    /// An HTTP status of 400 or more.
    case status(Int)
    /// It leads to this origin, which is not https or not one of the recipe's hosts.
    case stranger(String)
    /// It tried to send the access key or the password in a URL of this origin, where servers may log it. The request was blocked.
    case secretInURL(String)
    /// It did not load, or was never at rest, in this time.
    case tookTooLong(Duration)
    /// It opened a dialog with this text that the recipe does not answer.
    case dialog(String)
    /// The browser has ended, or does not answer: with the reason.
    case browser(String)

    var description: String {
        switch self {
        case .unreachable(let reason): "the page cannot be reached: \(reason)"
        case .status(let status): "the server answered with the HTTP status \(status)"
        case .stranger(let origin): "the page leads to \(origin), which is not https or not one of the recipe's hosts"
        case .secretInURL(let origin): "the page tried to send a secret in a URL of \(origin); the request was blocked"
        case .tookTooLong(let limit): "the page was not ready within \(limit.text) (page_timeout)"
        case .dialog(let text): "the page opened a dialog that the recipe does not answer: 「\(text)」 (confirm)"
        case .browser(let reason): "the browser failed: \(reason)"
        }
    }
}

extension Reading {
    /// What the page says, if one of its documents failed to load: the text of an error page counts only where it has words of a refusal
    /// or of a closed service that are in the recipe.
    ///
    /// - Parameters:
    ///   - main: what is wrong with the page itself.
    ///   - any: what is wrong with it or one of its frames.
    func despite(_ main: PageFailure?, _ any: PageFailure?) -> Reading {
        switch self {
        case .refused, .closed, .failed: self
        case .fits: main.map(Reading.failed) ?? self
        case .taken, .unknown: any.map(Reading.failed) ?? self
        }
    }
}
