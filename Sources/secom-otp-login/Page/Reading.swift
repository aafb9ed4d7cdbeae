/// What a page means for the walk.
enum Reading: Equatable, Sendable {
    /// The next step can be done.
    case fits(Plan)
    /// It says that what was sent was taken: the password is asked for, or one is logged in.
    case taken
    /// It says that it was not, in this line.
    case refused(String)
    /// It is another page than any that the recipe knows.
    case unknown(Misfit)
    /// It says that it is closed, in this line.
    case closed(String)
    case failed(PageFailure)
}

/// Why there is no page to read.
enum PageFailure: Equatable, Sendable, CustomStringConvertible {
    /// As the browser says it: `net::ERR_CONNECTION_REFUSED`.
    case unreachable(String)
    /// An HTTP status of 400 or more.
    case status(Int)
    /// It leads to a host that the recipe does not name.
    case stranger(String)
    /// It would have put the access key or the password into a URL, where anybody may log it. It was stopped.
    case secretInURL(String)
    /// It never came, or never came to rest.
    case tookTooLong(Duration)
    /// It asks something in a dialog that the recipe does not answer.
    case dialog(String)
    /// The browser has ended, or does not answer.
    case browser(String)

    var description: String {
        switch self {
        case .unreachable(let reason): "the page cannot be reached: \(reason)"
        case .status(let status): "the server answers with the status \(status)"
        case .stranger(let origin): "the page leads to \(origin), which is not among the recipe's hosts, or not https"
        case .secretInURL(let origin): "the page would put a secret into a URL of \(origin), and was stopped"
        case .tookTooLong(let limit): "the page is not there after \(limit.text)"
        case .dialog(let text): "the page asks in a dialog: 「\(text)」 (confirm)"
        case .browser(let reason): "the browser: \(reason)"
        }
    }
}

extension Reading {
    /// What the page says, where a document of it did not come as it should: a page of an error may say what it will, but for the
    /// words that the recipe knows.
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
