/// One of the browser's targets, as far as it is known: a page, or a frame in a process of its own.
struct Tab: Sendable {
    enum Kind: Equatable, Sendable {
        case page
        /// Of the page or frame with this session.
        case frame(of: String)
    }
    let session: String
    let target: String
    let kind: Kind
    var activity = TabActivity()
}
