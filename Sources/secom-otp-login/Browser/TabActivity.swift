import Varlink

/// What a tab, or a frame that has a process of its own, is busy with, and what went wrong in it: by the events that it tells. Pure.
struct TabActivity: Sendable {
    /// Requests under way, and the document that each is for.
    private var requests: [String: Request] = [:]
    private struct Request: Sendable {
        let document: String
        let isDocument: Bool
        let frame: String?
        /// Without what may be a secret.
        let url: String
    }
    private var loadingFrames: Set<String> = []
    /// Frames that are to show another document in a while, by themselves.
    private var leavingFrames: Set<String> = []
    /// What each frame's document could not be loaded by.
    private var failures: [String: PageFailure] = [:]
    private var errorTexts: [String: String] = [:]
    private var leak: PageFailure?
    private var mainFrame: String?
    /// Hosts that were asked for and are not the recipe's.
    private(set) var strangers: Set<String> = []
    /// A dialog that nobody has answered.
    private(set) var dialog: String?
    private(set) var hasCrashed = false

    /// More are not counted: a page that has so many is not at rest in any case.
    private static let bound = 10_000

    /// The page itself is about to be another: until it is, the browser answers nothing about it.
    var isNavigating: Bool { requests.values.contains { $0.isDocument && $0.frame == mainFrame && mainFrame != nil } }
    /// A document is on its way.
    var isLoading: Bool { !loadingFrames.isEmpty || requests.values.contains(where: \.isDocument) }
    /// Something else is, or the page is about to go on by itself.
    var isFetching: Bool { !requests.isEmpty || !leavingFrames.isEmpty }
    /// What is on its way, for people.
    var underWay: [String] { requests.values.map(\.url).sorted() + loadingFrames.map { "frame \($0)" }.sorted() }

    /// Of the main frame's document.
    var mainFailure: PageFailure? {
        hasCrashed
            ? .browser("the page has crashed")
            : leak ?? dialog.map(PageFailure.dialog) ?? mainFrame.flatMap { failures[$0] }
    }
    /// Of any frame's.
    var failure: PageFailure? { mainFailure ?? failures.min { $0.key < $1.key }?.value }

    /// The browser was kept from asking this host.
    mutating func blocked(_ url: String, frame: String?, isDocument: Bool) {
        let origin = WebAddress(url.prefixWithoutQuery)?.origin ?? Shown.url(url)
        if strangers.count < 100 { strangers.insert(origin) }
        if isDocument, let frame { failures[frame] = .stranger(origin) }
    }

    /// The browser was kept from sending a secret in a URL.
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
            // For a document the request's name is the document's.
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
        // What the document before it had asked for is nobody's any more.
        if frame["parentId"]?.string == nil {
            let loader = frame["loaderId"]?.string ?? ""
            requests = requests.filter { $0.value.document == loader }
        }
        shows(frame)
    }

    /// The browser shows this in one of its frames: it has come, whether it was told of by itself or not. The first document of a
    /// process is not, at times.
    mutating func shows(_ frame: JSON.Object) {
        guard let id = frame["id"]?.string else { return }
        if frame["parentId"]?.string == nil { mainFrame = id }
        let loader = frame["loaderId"]?.string ?? ""
        // That all of it has come is told by the frame. Of one name are the document and the request for it.
        requests[loader] = nil
        guard frame["unreachableUrl"]?.string != nil else { return }
        switch failures[id] {
        case .stranger?, .unreachable?: return
        default: failures[id] = .unreachable(errorTexts.removeValue(forKey: loader) ?? "no page came")
        }
    }
}
