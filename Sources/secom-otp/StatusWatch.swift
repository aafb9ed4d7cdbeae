import CLinux
import Handoff
import Messages
import ProcessRuntime
import Varlink

/// One status after another, until somebody ends it: in the place of the one before on a terminal, else one below the other. A daemon that
/// restarts meanwhile is waited for.
struct StatusWatch {
    /// The daemon's reply.
    let look: @Sendable () async throws(HandoffClient.Failure) -> JSON.Object
    /// What is shown of it, in the place of what fills a terminal's screen where there is one.
    let text: @Sendable (JSON.Object, Terminal?) -> String
    /// Whether people are to read it; else it fits no screen.
    let isForPeople: Bool

    private static let pause = Duration.seconds(2)
    /// ECMA-48 and xterm's control sequences: the other screen and no cursor; back to the first; the screen's corner; the rest of the line
    /// and of the screen away.
    private static let enter = "\u{1B}[?1049h\u{1B}[?25l"
    private static let leave = "\u{1B}[?25h\u{1B}[?1049l"
    private static let corner = "\u{1B}[H"
    private static let restOfLine = "\u{1B}[K"
    private static let restOfScreen = "\u{1B}[J"

    /// Continues until its output is closed; gives the failure that ended it, nil for none. The first query must succeed.
    func run() async -> HandoffClient.Failure? {
        let screen = isForPeople && Terminal.output.isRenewable ? Terminal.output : nil
        var last: JSON.Object
        do { last = try await look() } catch { return error }
        if screen != nil {
            linux_restore_terminal_at_end(1, Self.leave, 0)
            writeAll(Array(Self.enter.utf8), to: 1)
        }
        defer {
            if screen != nil {
                writeAll(Array(Self.leave.utf8), to: 1)
                linux_leave_terminal()
            }
        }
        var failure: HandoffClient.Failure?
        var isFirst = true
        while true {
            guard show(last, failure, on: screen, isFirst: isFirst) else { return nil }
            isFirst = false
            try? await EventLoopExecutor.shared.sleep(for: Self.pause)
            let before = failure
            do {
                last = try await look()
                failure = nil
            } catch {
                guard Self.passes(error) else { return error }
                failure = error
                if screen == nil, before == nil { complain("\(error.explanation); trying again") }
            }
        }
    }

    /// Whether to ask again: not where somebody must do something first.
    private static func passes(_ failure: HandoffClient.Failure) -> Bool { failure.exitStatus != .notAllowed }

    /// False when nobody reads any more.
    private func show(
        _ reply: JSON.Object, _ failure: HandoffClient.Failure?, on screen: Terminal?, isFirst: Bool
    ) -> Bool {
        guard let screen else {
            if failure != nil { return true }
            let text = text(reply, nil)
            // JSON objects are one per line, and metrics end with their own marker.
            let gap = isFirst || !text.hasSuffix("\n") || text.hasPrefix("{") || text.hasSuffix("# EOF\n") ? "" : "\n"
            return writeAll(Array((gap + text).utf8), to: 1)
        }
        var lines = text(reply, screen).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let failure {
            // The last that is known stays below it.
            lines[0] = DisplayWidth.cut(
                Text("trying again: \(failure.explanation)").said.harmless, to: screen.columns)
        }
        let end = "\(Self.restOfLine)\r\n"
        return writeAll(
            Array((Self.corner + lines.joined(separator: end) + Self.restOfLine + Self.restOfScreen).utf8), to: 1)
    }
}
