import ProcessRuntime
import Varlink

extension Browser {
    /// Starts to load a URL. The page and ``mainFailure`` show the result.
    func open(_ url: String) async throws(DevToolsError) {
        _ = try await call("Page.navigate", ["url": .string(url)], page)
    }

    /// Stops loading.
    func stop() async { _ = try? await call("Page.stopLoading", [:], page) }

    private static let world = "secom-otp-login"
    private static let script = String(decoding: PackageResources.page_js, as: UTF8.self)

    /// Reads the page as it is now.
    ///
    /// - Throws: if it cannot be read at this moment: it is being replaced by another page, or a dialog is open.
    func look(_ selectors: [String]) async throws(DevToolsError) -> (page: PageSnapshot, isReady: Bool) {
        var snapshot = PageSnapshot()
        var isReady = true
        for session in sessions {
            let tree = try await call("Page.getFrameTree", [:], session)
            for frame in shows(tree, session) {
                let context = try await context(of: frame.id, session)
                let reply = try await evaluate(Self.script, [.array(selectors.map(JSON.string))], context, session)
                guard let value = reply.object, let read = PageSnapshot.Frame(value, frame) else {
                    throw .breach("its description of the page cannot be read")
                }
                isReady = isReady && value["isReady"]?.bool ?? false
                snapshot.frames.append(read)
            }
        }
        return (snapshot, isReady)
    }

    /// The result of carrying out a plan.
    enum Pressing: Equatable, Sendable {
        case pressed
        /// Nothing was pressed, because the page is not as it was planned. With the reason.
        case notPressed(String)
    }

    /// Fills in the fields and presses the button, after checking that each field holds its value.
    ///
    /// - Parameter values: the values for the plan's fields.
    func carryOut(_ plan: Plan, _ values: [Fill.Value: JSON]) async -> Pressing {
        let session: String
        let context: Int
        do {
            guard let found = try await place(of: plan) else {
                return .notPressed("the page has changed in the meantime")
            }
            (session, context) = found
            for filling in plan.fillings {
                guard let value = values[filling.value] else {
                    return .notPressed("there is no value for \(filling.name)")
                }
                let reply = try await evaluate(
                    "(index, value) => globalThis.secomOTPLogin.fill(index, value)", [.int(filling.index), value],
                    context, session)
                guard reply.bool == true else {
                    return .notPressed("\(filling.name) does not keep the value that was filled in")
                }
            }
            if let obstacle = try await obstacle(plan, context, session) { return .notPressed(obstacle) }
        } catch {
            return .notPressed("the page cannot be filled in: \(error)")
        }
        // From here on the button may have been pressed, whatever the reply: the page may be gone before it answers.
        _ = try? await evaluate(
            "(index) => globalThis.secomOTPLogin.press(index)", [.int(plan.press)], context, session)
        return .pressed
    }

    /// Waits until the button can be pressed: some are enabled only once the page's script has seen the fields. Returns what prevents it;
    /// nil: nothing.
    private func obstacle(_ plan: Plan, _ context: Int, _ session: String) async throws(DevToolsError) -> String? {
        for _ in 0..<100 {
            let reply = try await evaluate(
                "(index, filled) => globalThis.secomOTPLogin.ready(index, filled)",
                [.int(plan.press), .array(plan.fillings.map { .int($0.index) })], context, session)
            if reply.string == "ready" { return nil }
            guard reply.string == "disabled" else { return reply.string ?? "the page has changed in the meantime" }
            do { try await EventLoopExecutor.shared.sleep(for: .milliseconds(50)) } catch {
                return "the walk was cancelled"
            }
        }
        return "\(plan.pressName) cannot be pressed: it stays disabled"
    }

    /// Where the plan's controls are; nil if its document is no longer there.
    private func place(of plan: Plan) async throws(DevToolsError) -> (session: String, context: Int)? {
        for session in sessions {
            let tree = try await call("Page.getFrameTree", [:], session)
            for frame in FrameTree.frames(tree["frameTree"]?.object)
            where frame.id == plan.frame && frame.loader == plan.document {
                return (session, try await context(of: frame.id, session))
            }
        }
        return nil
    }

    private func context(of frame: String, _ session: String) async throws(DevToolsError) -> Int {
        let reply = try await call(
            "Page.createIsolatedWorld", ["frameId": .string(frame), "worldName": .string(Self.world)], session)
        guard let context = reply["executionContextId"]?.int else {
            throw .breach("it made no isolated world in a frame")
        }
        return context
    }

    private func evaluate(
        _ function: String, _ arguments: [JSON], _ context: Int, _ session: String
    ) async throws(DevToolsError) -> JSON {
        let reply = try await call(
            "Runtime.callFunctionOn",
            [
                "functionDeclaration": .string(function), "executionContextId": .int(context), "returnByValue": true,
                "userGesture": true, "arguments": .array(arguments.map { .object(["value": $0]) }),
            ], session)
        if let exception = reply["exceptionDetails"]?.object {
            let text = exception["exception"]?.object?["description"]?.string ?? exception["text"]?.string ?? ""
            throw .refused(Shown.line(text))
        }
        return reply["result"]?.object?["value"] ?? .null
    }

    /// A picture of the page as PNG, in base64, without the value of any field and without these words; nil if none can be taken.
    func picture(without words: [JSON]) async -> String? {
        do {
            for session in sessions {
                let tree = try await call("Page.getFrameTree", [:], session)
                for frame in FrameTree.frames(tree["frameTree"]?.object) {
                    let context = try await context(of: frame.id, session)
                    let isMasked = try await evaluate(
                        "(words) => globalThis.secomOTPLogin ? globalThis.secomOTPLogin.mask(words) : false",
                        [.array(words)], context, session)
                    guard isMasked.bool == true else { return nil }
                }
            }
            return try await call("Page.captureScreenshot", ["format": "png"], page)["data"]?.string
        } catch {
            return nil
        }
    }

    /// The session, for the program that continues it: the page's URL and the cookies of all hosts.
    func session() async throws(DevToolsError) -> JSON.Object {
        let cookies = try await call("Storage.getCookies")["cookies"] ?? []
        let tree = try await call("Page.getFrameTree", [:], page)
        let url = tree["frameTree"]?.object?["frame"]?.object?["url"] ?? .null
        return ["url": url, "cookies": cookies]
    }
}

/// A frame of one session, from the browser's frame tree.
struct FrameTree: Sendable {
    /// As the browser describes it.
    let frame: JSON.Object
    let id: String
    /// The browser's identifier of the document in it.
    var loader: String { frame["loaderId"]?.string ?? "" }
    var url: String { frame["url"]?.string ?? "" }

    private static let bound = 100

    static func frames(_ tree: JSON.Object?) -> [FrameTree] {
        var found: [FrameTree] = []
        var open = [tree].compactMap(\.self)
        while let next = open.popLast(), found.count < bound {
            if let frame = next["frame"]?.object, let id = frame["id"]?.string {
                found.append(FrameTree(frame: frame, id: id))
            }
            open += (next["childFrames"]?.array ?? []).reversed().compactMap(\.object)
        }
        return found
    }
}

extension PageSnapshot.Frame {
    /// From what page.js returns; nil if it has another form.
    init?(_ value: JSON.Object, _ frame: FrameTree) {
        guard let lines = value["lines"]?.array, let controls = value["controls"]?.array else { return nil }
        self.init(id: frame.id, url: value["url"]?.string ?? frame.url, title: value["title"]?.string ?? "")
        document = frame.loader
        self.lines = lines.compactMap(\.string)
        self.controls = controls.compactMap(\.object).compactMap(PageSnapshot.Control.init)
        isCut = value["isCut"]?.bool ?? true
    }
}

extension PageSnapshot.Control {
    init?(_ value: JSON.Object) {
        guard let index = value["index"]?.int, let kind = value["kind"]?.string.flatMap(Kind.init(rawValue:)),
            let form = value["form"]?.int
        else { return nil }
        self.init(index: index, kind: kind, form: form)
        type = value["type"]?.string ?? ""
        isVisible = value["isVisible"]?.bool ?? false
        isEnabled = value["isEnabled"]?.bool ?? false
        target = value["target"]?.string ?? ""
        longest = value["longest"]?.int
        ownSelector = value["ownSelector"]?.string ?? ""
        selectors = (value["selectors"]?.array ?? []).compactMap(\.int)
        names = (value["names"]?.array ?? []).compactMap(\.array).compactMap { pair in
            guard pair.count == 2, let source = pair[0].string.flatMap(PageSnapshot.Name.Source.init(rawValue:)),
                let text = pair[1].string
            else { return nil }
            return PageSnapshot.Name(source: source, text: text)
        }
    }
}
