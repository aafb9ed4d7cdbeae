import CLinux
import Glibc
import NIOCore
import ProcessRuntime
import Varlink

/// The browser of one walk: it starts with an empty profile, reaches only the recipe's hosts, and is ended and removed with the walk.
actor Browser {
    nonisolated var unownedExecutor: UnownedSerialExecutor { EventLoopExecutor.shared.asUnownedSerialExecutor() }

    private let wall: HostWall
    private let keeper: ChildProcess
    /// The pipe whose end tells the keeper to end.
    private let life: Int32
    let profile: String
    private var connection: DevToolsConnection?
    private var tabs: [String: Tab] = [:]
    /// The sessions of pages, the newest last: if a page opens another one, the walk continues there.
    private var pages: [String] = []
    /// Dialogs that are answered with yes at present.
    private var confirm: [FoldedText] = []
    private var hasEnded = false
    private var secrets: [[UInt8]] = []

    /// Commands take milliseconds, except for a picture on a busy machine.
    static let patience = Duration.seconds(30)

    /// Starts a browser, and returns when its first page is there.
    static func start(_ settings: BrowserSettings, hosts: [String]) async throws(DevToolsError) -> Browser {
        let profile = try makeProfile()
        let browser: Browser
        do {
            browser = try await beside("browser") { Result { try Browser(settings, hosts: hosts, profile: profile) } }
                .get()
        } catch {
            rmdir(profile)
            throw .breach("\(error)")
        }
        do { try await browser.attach() } catch {
            let said = await browser.lastWords()
            await browser.end()
            throw .breach("\(settings.program): \(error)\(said)")
        }
        return browser
    }

    private static func makeProfile() throws(DevToolsError) -> String {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/secom-otp-login.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .breach(
                "\(parent): the directory for its profile cannot be created: \(String(cString: strerror(errno)))")
        }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private var ends: (reading: Int32, writing: Int32)

    private init(_ settings: BrowserSettings, hosts: [String], profile: String) throws {
        (wall, self.profile) = (HostWall(hosts), profile)
        let (commands, answers, life) = (try Pipe(), try Pipe(), try Pipe())
        defer { for end in [commands.reading, answers.writing, life.reading] { close(end) } }
        let errors = Glibc.open("\(profile)/errors", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer { if errors >= 0 { close(errors) } }
        let words = BrowserArguments.words(settings, hosts: hosts, profile: profile)
        do throws(ChildProcess.NotStarted) {
            keeper = try ChildProcess(
                BrowserKeeper.words(profile: profile, browser: words), input: .descriptor(life.reading), output: .null,
                errors: errors >= 0 ? .descriptor(errors) : .null, passing: [commands.reading, answers.writing],
                leadsGroup: true)
        } catch {
            for end in [commands.writing, answers.reading, life.writing] { close(end) }
            throw error
        }
        self.life = life.writing
        ends = (answers.reading, commands.writing)
    }

    private struct Pipe {
        let reading, writing: Int32
        struct Failure: Error, CustomStringConvertible {
            let number: Int32
            var description: String { "a pipe cannot be created: \(String(cString: strerror(number)))" }
        }
        init() throws(Failure) {
            var ends: [Int32] = [-1, -1]
            guard linux_pipe(&ends) == 0 else { throw Failure(number: errno) }
            (reading, writing) = (ends[0], ends[1])
        }
    }

    /// Attaches to the browser's targets, to each before it sends its first request.
    private func attach() async throws(DevToolsError) {
        do {
            connection = try await DevToolsConnection(
                reading: ends.reading, writing: ends.writing, on: EventLoopExecutor.shared.eventLoop,
                listener: { [weak self] method, parameters, session in
                    self?.assumeIsolated { $0.received(method, parameters, session) }
                }, ended: { [weak self] in self?.assumeIsolated { $0.hasEnded = true } })
        } catch {
            throw .breach("\(error)")
        }
        _ = try await call("Target.setAutoAttach", Self.autoAttach)
        _ = try await call("Browser.setDownloadBehavior", ["behavior": "deny"])
        for _ in 0..<600 where pages.isEmpty { try? await EventLoopExecutor.shared.sleep(for: .milliseconds(50)) }
        if pages.isEmpty { throw .breach("it opened no page") }
    }

    private static let autoAttach: JSON.Object = ["autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true]

    /// What the browser wrote to standard error, if it did not start.
    private func lastWords() -> String {
        guard let file = fopen("\(profile)/errors", "re") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, file)
        let text = Shown.line(String(decoding: bytes.prefix(count), as: UTF8.self), atMost: 300)
        return text.isEmpty ? "" : ": \(text)"
    }

    // MARK: - Events

    private func received(_ method: String, _ parameters: JSON.Object, _ session: String?) {
        switch method {
        case "Target.attachedToTarget": attached(parameters, session)
        case "Target.detachedFromTarget": if let gone = parameters["sessionId"]?.string { detached(gone) }
        case "Fetch.requestPaused": if let session { paused(parameters, session) }
        case "Page.javascriptDialogOpening":
            guard let session else { return }
            let message = FoldedText(parameters["message"]?.string ?? "")
            if confirm.contains(where: { message.contains($0) }) {
                notify("Page.handleJavaScriptDialog", ["accept": true], session)
            } else {
                tabs[session]?.activity.received(method, parameters)
                connection?.giveUp(session: session)
            }
        default:
            guard let session, let wasNavigating = tabs[session]?.activity.isNavigating else { return }
            tabs[session]?.activity.received(method, parameters)
            if !wasNavigating, tabs[session]?.activity.isNavigating ?? false { connection?.giveUp(session: session) }
        }
    }

    private func attached(_ parameters: JSON.Object, _ parent: String?) {
        guard let session = parameters["sessionId"]?.string, let info = parameters["targetInfo"]?.object,
            let target = info["targetId"]?.string, tabs.count < 1000
        else { return }
        let kind = info["type"]?.string ?? ""
        switch (kind, parent) {
        case ("page", _):
            tabs[session] = Tab(session: session, target: target, kind: .page)
            pages.append(session)
        case ("iframe", let parent?): tabs[session] = Tab(session: session, target: target, kind: .frame(of: parent))
        default: break
        }
        // Workers, too, reach only the recipe's hosts. No connection is used twice: on a reused connection the browser would
        // automatically repeat a request that got no answer, and a password is sent only once.
        for (method, parameters) in [
            ("Fetch.enable", ["patterns": [["urlPattern": "*"]]]), ("Network.enable", [:]),
            ("Network.setExtraHTTPHeaders", ["headers": ["Connection": "close"]]),
            ("Network.setBypassServiceWorker", ["bypass": true]), ("Page.enable", [:]), ("Inspector.enable", [:]),
            ("Target.setAutoAttach", Self.autoAttach), ("Runtime.runIfWaitingForDebugger", [:]),
        ] as [(String, JSON.Object)] {
            notify(method, parameters, session)
        }
    }

    private func detached(_ session: String) {
        tabs[session] = nil
        pages.removeAll { $0 == session }
        connection?.giveUp(session: session)
    }

    /// A request before it is sent: it goes to one of the recipe's hosts, or is blocked.
    private func paused(_ parameters: JSON.Object, _ session: String) {
        guard let id = parameters["requestId"] else { return }
        let url = parameters["request"]?.object?["url"]?.string ?? ""
        if secrets.contains(where: { url.holds($0) }) {
            tabs[session]?.activity.stopped(url)
            return notify("Fetch.failRequest", ["requestId": id, "errorReason": "BlockedByClient"], session)
        }
        if wall.allows(url: url) { return notify("Fetch.continueRequest", ["requestId": id], session) }
        tabs[session]?.activity.blocked(
            url, frame: parameters["frameId"]?.string, isDocument: parameters["resourceType"]?.string == "Document")
        notify("Fetch.failRequest", ["requestId": id, "errorReason": "BlockedByClient"], session)
    }

    // MARK: - Commands

    func call(
        _ method: String, _ parameters: JSON.Object = [:], _ session: String? = nil, within limit: Duration = patience
    ) async throws(DevToolsError) -> JSON.Object {
        guard let connection, !hasEnded else { throw .closed }
        do {
            return try await EventLoopExecutor.shared.run(until: .now + limit) {
                try await withTaskCancellationHandler {
                    try await connection.call(method, parameters, session: session)
                } onCancel: {
                    // What has not answered for so long hangs: stop waiting.
                    if let session { connection.giveUp(session: session) } else { connection.close() }
                }
            }
        } catch let error as DevToolsError {
            throw error
        } catch {
            throw .noAnswer(within: limit)
        }
    }

    private func notify(_ method: String, _ parameters: JSON.Object, _ session: String?) {
        connection?.notify(method, parameters, session: session)
    }

    /// The session of the page that the walk is on: the newest page.
    var page: String? { pages.last }
    /// The session of the page, and those of its frames in other processes, at every depth.
    var sessions: [String] {
        guard let page else { return [] }
        var all = [page]
        var index = 0
        while index < all.count {
            all += tabs.values.filter { $0.kind == .frame(of: all[index]) }.map(\.session).sorted()
            index += 1
        }
        return all
    }
    var isNavigating: Bool { page.flatMap { tabs[$0]?.activity.isNavigating } ?? false }
    var isLoading: Bool { sessions.contains { tabs[$0]?.activity.isLoading ?? false } }
    var isFetching: Bool { sessions.contains { tabs[$0]?.activity.isFetching ?? false } }
    var underWay: [String] { sessions.flatMap { tabs[$0]?.activity.underWay ?? [] } }
    var mainFailure: PageFailure? {
        hasEnded ? .browser("it has ended") : page.flatMap { tabs[$0]?.activity.mainFailure }
    }
    var failure: PageFailure? { mainFailure ?? sessions.lazy.compactMap { self.tabs[$0]?.activity.failure }.first }
    var strangers: Set<String> { tabs.values.reduce(into: []) { $0.formUnion($1.activity.strangers) } }

    /// Asks which document is shown while another is being loaded: the browser answers when that one is there at the latest. It does
    /// not report every document by an event.
    func awaitDocument() async {
        guard let page, let tree = try? await call("Page.getFrameTree", [:], page, within: .seconds(1)) else { return }
        shows(tree, page)
    }

    /// The frames of a session, as the browser shows them now; notes their documents.
    @discardableResult func shows(_ tree: JSON.Object, _ session: String) -> [FrameTree] {
        let frames = FrameTree.frames(tree["frameTree"]?.object)
        for frame in frames { tabs[session]?.activity.shows(frame.frame) }
        return frames
    }

    /// Blocks each request with one of these secrets in its URL. A secret of fewer than 6 bytes is not looked for: it could be
    /// there by chance.
    func guards(_ secrets: [String]) { self.secrets = secrets.map { Array($0.utf8) }.filter { $0.count >= 6 } }

    func answersDialogs(_ words: [FoldedText]) { confirm = words }

    /// Ends the browser, and returns when none of its processes and files is left.
    func end() async {
        connection?.close()
        connection = nil
        guard life >= 0, !isTakenDown else { return }
        isTakenDown = true
        close(life)
        let keeper = keeper
        _ = try? await beside("browser's end") { keeper.wait() }
    }
    private var isTakenDown = false
}

extension String {
    fileprivate func holds(_ word: [UInt8]) -> Bool {
        let bytes = Array(utf8)
        guard let first = word.first, bytes.count >= word.count else { return false }
        return (0...(bytes.count - word.count)).contains { bytes[$0] == first && bytes[$0...].starts(with: word) }
    }
}
