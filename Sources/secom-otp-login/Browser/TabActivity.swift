import Varlink

/// What a page, or a frame that has its own process, is loading, and what went wrong in it, according to the browser's events. Pure.
struct TabActivity: Sendable {
    /// Requests in progress, and the document that each is for.
    private var requests: [String: Request] = [:]
    private struct Request: Sendable {
        let document: String
        let isDocument: Bool
        let frame: String?
        /// Without its query, which may contain a secret.
        let url: String
    }
    private var loadingFrames: Set<String> = []
    /// Frames that will go to another document by themselves after a while.
    private var leavingFrames: Set<String> = []
    /// Why the document of a frame could not be loaded.
    private var failures: [String: PageFailure] = [:]
    private var errorTexts: [String: String] = [:]
    private var leak: PageFailure?
    private var mainFrame: String?
    /// Origins of blocked requests: those not among the recipe's hosts, or not https.
    private(set) var strangers: Set<String> = []
    /// The text of a dialog that has not been answered.
    private(set) var dialog: String?
    private(set) var hasCrashed = false

    /// More than this are not counted: a page with so many is not at rest anyway.
    private static let bound = 10_000

    /// The page is being replaced by another: until then, the browser answers nothing about it.
    var isNavigating: Bool { requests.values.contains { $0.isDocument && $0.frame == mainFrame && mainFrame != nil } }
    /// A document is being loaded.
    var isLoading: Bool { !loadingFrames.isEmpty || requests.values.contains(where: \.isDocument) }
    /// Something is being loaded, or the page is about to go to another one by itself.
    var isFetching: Bool { !requests.isEmpty || !leavingFrames.isEmpty }
    /// What is being loaded, for people.
    var underWay: [String] { requests.values.map(\.url).sorted() + loadingFrames.map { "frame \($0)" }.sorted() }

    /// What is wrong with the page itself.
    var mainFailure: PageFailure? {
        hasCrashed
            ? .browser("its page has crashed")
            : leak ?? dialog.map(PageFailure.dialog) ?? mainFrame.flatMap { failures[$0] }
    }
    /// What is wrong with the page or one of its frames.
    var failure: PageFailure? { mainFailure ?? failures.min { $0.key < $1.key }?.value }

    /// Notes that a request to a host that is not the recipe's was blocked.
    mutating func blocked(_ url: String, frame: String?, isDocument: Bool) {
        let origin = WebAddress(url.prefixWithoutQuery)?.origin ?? Shown.url(url)
        if strangers.count < 100 { strangers.insert(origin) }
        if isDocument, let frame { failures[frame] = .stranger(origin) }
    }

    /// Notes that a request with a secret in its URL was blocked.
    mutating func stopped(_ url: String) {
        leak = .secretInURL(WebAddress(url.prefixWithoutQuery)?.origin ?? "another host")
    }

    mutating func received(_ method: String, _ parameters: JSON.Object) {
        switch method {
        case "Network.requestWillBeSent":
            guard let id = parameters["requestId"]?.string, requests.count < Self.bound,
                !["EventSource", "WebSocket", "Ping", "Preflight"].contains(parameters["type"]?.string ?? "")
            else { return }
            requests[id] = Request(
                document: parameters["loaderId"]?.string ?? "", isDocument: parameters["type"]?.string == "Document",
                frame: parameters["frameId"]?.string,
                url: Shown.url(parameters["request"]?.object?["url"]?.string ?? ""))
        case "Network.responseReceived": responded(parameters)
        case "Network.loadingFinished": if let id = parameters["requestId"]?.string { requests[id] = nil }
        case "Network.loadingFailed":
            guard let id = parameters["requestId"]?.string else { return }
            requests[id] = nil
            // The request for a document has the same identifier as the document.
            if parameters["type"]?.string == "Document" { errorTexts[id] = parameters["errorText"]?.string }
            if errorTexts.count > 100 { errorTexts.removeAll() }
        case "Page.frameStartedLoading":
            if let frame = parameters["frameId"]?.string, loadingFrames.count < Self.bound {
                loadingFrames.insert(frame)
            }
        case "Page.frameStoppedLoading": if let frame = parameters["frameId"]?.string { loadingFrames.remove(frame) }
        case "Page.frameScheduledNavigation":
            if let frame = parameters["frameId"]?.string, leavingFrames.count < Self.bound {
                leavingFrames.insert(frame)
            }
        case "Page.frameClearedScheduledNavigation":
            if let frame = parameters["frameId"]?.string { leavingFrames.remove(frame) }
        case "Page.frameNavigated": if let frame = parameters["frame"]?.object { navigated(frame) }
        case "Page.frameDetached":
            if let frame = parameters["frameId"]?.string {
                loadingFrames.remove(frame)
                leavingFrames.remove(frame)
                failures[frame] = nil
            }
        case "Page.javascriptDialogOpening": dialog = parameters["message"]?.string ?? ""
        case "Page.javascriptDialogClosed": dialog = nil
        case "Inspector.targetCrashed": hasCrashed = true
        default: break
        }
    }

    private mutating func responded(_ parameters: JSON.Object) {
        guard parameters["type"]?.string == "Document", let frame = parameters["frameId"]?.string,
            let status = parameters["response"]?.object?["status"]?.int
        else { return }
        failures[frame] = status >= 400 ? .status(status) : nil
    }

    private mutating func navigated(_ frame: JSON.Object) {
        // Requests of the previous document no longer matter.
        if frame["parentId"]?.string == nil {
            let loader = frame["loaderId"]?.string ?? ""
            requests = requests.filter { $0.value.document == loader }
        }
        shows(frame)
    }

    /// Notes the document that the browser shows in a frame: it has arrived, even if no event reported it. For the first document of a
    /// process there is sometimes no event.
    mutating func shows(_ frame: JSON.Object) {
        guard let id = frame["id"]?.string else { return }
        if frame["parentId"]?.string == nil { mainFrame = id }
        let loader = frame["loaderId"]?.string ?? ""
        // The document and the request for it have the same identifier. Whether all of it has arrived, the frame's events tell.
        requests[loader] = nil
        guard frame["unreachableUrl"]?.string != nil else { return }
        switch failures[id] {
        case .stranger?, .unreachable?: return
        default: failures[id] = .unreachable(errorTexts.removeValue(forKey: loader) ?? "no page arrived")
        }
    }
}
