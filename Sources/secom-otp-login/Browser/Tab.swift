/// One of the browser's targets: a page, or a frame that has its own process.
struct Tab: Sendable {
    enum Kind: Equatable, Sendable {
        case page
        /// A frame of the page or frame with this session.
        case frame(of: String)
    }
    let session: String
    let target: String
    let kind: Kind
    var activity = TabActivity()
}
